import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'

export const hasOgrinfo = (): boolean => spawnSync('ogrinfo', ['--version']).status === 0

/** What GDAL says of a server's layers, read from first to last. */
export async function ogrinfo(
  url: string,
  headers: string,
  options: string[],
  ...layers: string[]
): Promise<string> {
  const env = { ...process.env, GDAL_HTTP_HEADERS: headers, NO_PROXY: '127.0.0.1' }
  const { stdout, stderr } = await promisify(execFile)(
    'ogrinfo',
    ['-ro', ...options, `OAPIF:${url}`, ...layers],
    {
      env,
      maxBuffer: 64 * 1024 * 1024,
    },
  )
  return stdout + stderr
}
