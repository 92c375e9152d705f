import { SERVER_AWAY, TroubleError, troubleOfBody } from './trouble.ts'

/**
 * Sends a file as it is; `fetch` does not tell how much of it has gone.
 * @throws TroubleError as the other requests do; an AbortError when `signal` says so
 */
export function upload<T>(
  path: string,
  file: Blob,
  lang: string,
  { sent, signal }: { sent(share: number): void; signal: AbortSignal },
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.responseType = 'json'
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('accept-language', lang === 'zh' ? 'zh-CN' : 'en')
    request.upload.addEventListener('progress', e => e.lengthComputable && sent(e.loaded / e.total))
    request.upload.addEventListener('load', () => sent(1))
    request.addEventListener('error', () => reject(new TroubleError(SERVER_AWAY)))
    request.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
    request.addEventListener('load', () => {
      const { response, status } = request
      if (status >= 200 && status < 300) return resolve(response as T)
      const said = typeof response?.code === 'string' ? response : null
      reject(
        new TroubleError(
          troubleOfBody(said ?? { code: `http_${status}`, message: `${path.split('?')[0]}: ${status}` }),
        ),
      )
    })
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}
