// Installs the packages when they are missing or older than the lock file. Runs before `npm start` and `npm test`.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'

const lock = 'node_modules/.package-lock.json' // written last: an interrupted install leaves none
const isInstalled = existsSync(lock) && statSync(lock).mtimeMs >= statSync('package-lock.json').mtimeMs
if (!isInstalled) install()

function install() {
  console.log('Installing packages: about a minute ...')
  const options = ['--no-audit', '--no-fund', '--loglevel=error', '--fetch-retry-maxtimeout=10000']
  const { status, stderr } = spawnSync('npm', ['ci', ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    shell: process.platform === 'win32'
  })
  if (status === 0) return
  const isOffline = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)\b/.test(stderr)
  console.error(
    isOffline
      ? 'The packages could not be installed: the first start needs the network, to reach the npm registry.'
      : `The packages could not be installed.\n${stderr}`
  )
  process.exit(1)
}
