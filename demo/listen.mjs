/** Lets a server listen on 127.0.0.1; a port that cannot be had ends the program in one line that names the variable. */
export async function listen(server, port, variable) {
  try {
    await new Promise((done, failed) => server.once('error', failed).listen(port, '127.0.0.1', done))
  } catch (error) {
    const problem = error.code === 'EADDRINUSE' ? 'is busy' : `cannot be used (${error.code ?? error.message})`
    console.error(
      `Port ${port} ${problem}: choose another one, such as ${variable}=${variable === 'PORT' ? 1890 : 1893} npm start`
    )
    process.exit(1)
  }
}
