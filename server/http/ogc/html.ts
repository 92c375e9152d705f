import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { FeatureCollection } from 'geojson'

export interface Link {
  href: string
  rel: string
  type: string
  title?: string
}
type Page = HtmlEscapedString | Promise<HtmlEscapedString>

/** For a person with a browser: everything escaped, no script. */
const page = (title: string, mark: string | null, body: unknown): Page =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          body {
            font:
              15px/1.6 system-ui,
              sans-serif;
            margin: 24px auto;
            max-width: 1200px;
            padding: 0 16px;
          }
          table {
            border-collapse: collapse;
            display: block;
            overflow-x: auto;
          }
          th,
          td {
            border-bottom: 1px solid #ccc;
            padding: 3px 10px;
            text-align: left;
            white-space: nowrap;
          }
          .mark {
            font-weight: 600;
          }
        </style>
      </head>
      <body>
        <h1>${title}</h1>
        ${mark === null ? '' : html`<p class="mark">${mark}</p>`} ${body}
      </body>
    </html>`

export const listPage = (title: string, about: string, mark: string | null, links: readonly Link[]): Page =>
  page(
    title,
    mark,
    html`<p>${about}</p>
      <ul>
        ${links.map(
          ({ href, title: name, rel, type }) =>
            html`<li>
              <a href="${href}">${name ?? rel}</a>${type === 'text/html' ? '' : html` <small>${type}</small>`}
            </li>`,
        )}
      </ul>`,
  )

export function itemsPage(
  title: string,
  about: string,
  mark: string | null,
  heads: readonly string[],
  { features }: FeatureCollection,
  links: readonly Link[],
): Page {
  const turn = links.filter(({ rel }) => rel === 'prev' || rel === 'next')
  return page(
    title,
    mark,
    html`<p>${about}</p>
      <p>
        ${turn.map(({ href, rel }) => html`<a href="${href}">${rel === 'next' ? '下一页 next' : '上一页 prev'}</a> `)}
      </p>
      <table>
        <tr>
          <th>id</th>
          ${heads.map(head => html`<th>${head}</th>`)}
        </tr>
        ${features.map(
          ({ id, properties }) =>
            html`<tr>
              <td>${id}</td>
              ${heads.map(head => html`<td>${properties?.[head] ?? '—'}</td>`)}
            </tr>`,
        )}
      </table>`,
  )
}
