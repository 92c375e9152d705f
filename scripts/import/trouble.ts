import { Refusal } from '../../server/contract/errors.ts'
import { diskTrouble } from '../disk.ts'

/** An error of the disk under the data folder, as a refusal that a person can act on; others as they are. */
export function troubleOf(error: unknown, dataDir: string): unknown {
  const what = diskTrouble(error)
  if (!what) return error
  return new Refusal(
    'data_folder_unwritable',
    500,
    {
      zh: `数据写不进 ${dataDir}：${what.zh}；原有数据未变`,
      en: `Nothing can be written to ${dataDir}: ${what.en}; the county that was there is unchanged`,
    },
    {
      zh: '请腾出空间或改正权限，或用 FENGTU_DATA 指定别的文件夹。',
      en: 'Free some space, correct the permissions, or name another folder with FENGTU_DATA.',
    },
  )
}
