import type { Anomaly } from '../../detectors/watched'
import { FileError } from '../files/file-error'
import type { Labelled } from './nab'

/** Points beyond which a picture shows no more. */
const width = 1200
const height = 320

type ECharts = typeof import('echarts')

/** The chart library, where it is installed. @throws FileError that says how to get it */
function load(file: string): ECharts {
  try {
    return require('echarts') as ECharts
  } catch {
    throw new FileError(`${file}: drawing needs the package echarts: npm install echarts`)
  }
}

/** A series with the band of usual values, the labelled windows and the alarms, as SVG. */
export function plot(file: string, { name, times, values, windows }: Labelled, said: readonly Anomaly[]): string {
  const { init } = load(file)
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  const line = (data: [number, number | null][], color: string, rest: object = {}): object => ({
    type: 'line',
    data,
    symbol: 'none',
    sampling: 'minmax',
    lineStyle: { color, width: 1 },
    ...rest
  })
  const points = (of: (i: number) => number | null): [number, number | null][] =>
    Array.from(values, (_, i) => [times[i], of(i)])
  chart.setOption({
    animation: false,
    backgroundColor: '#fff',
    title: { text: name, textStyle: { fontSize: 13, fontWeight: 'normal' } },
    grid: { left: 60, right: 20, top: 36, bottom: 30 },
    useUTC: true,
    xAxis: { type: 'time', min: times[0], max: times[times.length - 1] },
    yAxis: { type: 'value', scale: true },
    series: [
      line(
        points(i => said[i].lower),
        '#9db8d9',
        {
          markArea: {
            itemStyle: { color: '#f6c94466' },
            data: windows.map(([first, last]) => [{ xAxis: times[first] }, { xAxis: times[last] }])
          }
        }
      ),
      line(
        points(i => said[i].upper),
        '#9db8d9'
      ),
      line(
        points(i => values[i]),
        '#1f4e8c'
      ),
      {
        type: 'scatter',
        symbolSize: 9,
        itemStyle: { color: '#c8281e' },
        data: Array.from(values, (value, i) => [times[i], value]).filter((_, i) => said[i].isAnomaly)
      }
    ]
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}
