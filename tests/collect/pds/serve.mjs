// A directory of identities in memory and a PDS on ports that are given; says so in one line and stays until killed.
import { PDS, envToCfg, envToSecrets, readEnv } from '@atproto/pds'
import * as plc from '@did-plc/server'

const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: Number(process.env.PLC_PORT) })
await directory.start()
const env = readEnv()
const pds = await PDS.create(envToCfg(env), envToSecrets(env))
await pds.start()
console.log(JSON.stringify({ port: env.port }))
