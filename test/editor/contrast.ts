import type { Page } from 'playwright-core'

/** How far the colour of an element stands out from the ground of the dialog, by WCAG 2: 1 (not at all) to 21. */
export const contrastOf = (page: Page, selector: string, property: 'color' | 'fill' | 'stroke'): Promise<number> =>
  page.$eval(
    selector,
    (element, property) => {
      const paper = new OffscreenCanvas(1, 1).getContext('2d', {
        willReadFrequently: true
      }) as OffscreenCanvasRenderingContext2D
      const luminanceOf = (colour: string): number => {
        paper.fillStyle = colour
        paper.fillRect(0, 0, 1, 1)
        const [red, green, blue] = [...paper.getImageData(0, 0, 1, 1).data].map(part =>
          part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4
        ) as [number, number, number]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
      }
      const ground = getComputedStyle(document.body).getPropertyValue('--red-ui-form-input-background')
      const [darker, lighter] = [ground, getComputedStyle(element)[property]]
        .map(luminanceOf)
        .sort((a, b) => a - b) as [number, number]
      return (lighter + 0.05) / (darker + 0.05)
    },
    property
  )
