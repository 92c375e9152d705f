import { type CellMutation, rewrite, spoil } from './mutate-cells.fixture.ts'

/** Mistakes and habits in columns of telephone numbers. */
export const PERSON_MUTATIONS: Record<string, CellMutation> = {
  'no telephone number': spoil('villages', 'answerablePhone', () => '见通讯录'),
  'telephone as a quantity': spoil('villages', 'answerablePhone', base =>
    base.one(['1.39E+10', '1.39e10', '１．３９Ｅ＋１０']),
  ),
  'mobile of a wrong length': spoil('villages', 'answerablePhone', base =>
    base.one([1390000111, '139000011112', '+861390000111']),
  ),
  'area code without its 0': spoil('villages', 'answerablePhone', base =>
    base.one([3511234567, '35512345678', '２０１２３４５６７８']),
  ),
  'telephones with blanks around': rewrite(
    'villages',
    'answerablePhone',
    (cell, base) => `${base.one([' ', '\u3000', '\u200b'])}${String(cell)} `,
  ),
}
