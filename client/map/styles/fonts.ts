/** MapLibre draws letters with the system's fonts: these name them, best first. */
const FAMILIES = ['HarmonyOS Sans SC', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC']
/** The weight is read off the first name of the stack; that family itself need not exist. */
export const REGULAR = FAMILIES
export const MINOR = FAMILIES
export const BOLD = ['Fengtu Bold', ...FAMILIES]
