// npm run bench:windows -- [--jobs hopping | all] [--pairs 15] [--thousands 1000]: windows against other windows
import { compare } from './measure'
import { chosen, options } from './options'
import { brief, type Figure, report } from './report'
import { windows, windowsJobs } from './windows-jobs'

function main(): void {
  const { jobs: names, pairs, size } = options('thousands', { jobs: 'all', size: 1000 })
  const figures: Figure[] = []
  for (const { name, title, project, baseline, rows } of chosen(windowsJobs(size), names)) {
    const figure = { name, title, ...compare({ project, baseline }, rows, pairs) }
    figures.push(figure)
    console.error(brief(figure))
  }
  report(figures, windows)
}

try {
  main()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
