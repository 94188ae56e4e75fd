// Installs the packages when they are missing or older than the lock file. Runs before `npm start` and `npm test`.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'

const lock = 'node_modules/.package-lock.json' // written last: an interrupted install leaves none
const isInstalled = existsSync(lock) && statSync(lock).mtimeMs >= statSync('package-lock.json').mtimeMs
if (!isInstalled) {
  console.log('installing packages, about a minute ...')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: 'inherit',
    shell: process.platform === 'win32'
  })
  if (status !== 0) {
    console.error('The packages could not be installed: this needs the npm registry once.')
    process.exit(1)
  }
}
