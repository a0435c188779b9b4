'use strict'

// PUT and GET of one profile as a careful Node team would write them: two processes on one port, no logging, compiled
// validation, named prepared statements, and the stored text passed through unparsed.

const cluster = require('node:cluster')

const PROCESSES = 2

if (cluster.isPrimary) {
  let listening = 0
  cluster.on('listening', (worker, address) => {
    listening += 1
    if (listening === PROCESSES) {
      console.log(`Listening on: http://127.0.0.1:${address.port}`)
    }
  })
  for (let i = 0; i < PROCESSES; i++) {
    cluster.fork()
  }
  process.on('SIGTERM', () => {
    for (const worker of Object.values(cluster.workers)) {
      worker.kill()
    }
    process.exit(0)
  })
} else {
  require('./app').listen({ host: '127.0.0.1', port: 0 })
}
