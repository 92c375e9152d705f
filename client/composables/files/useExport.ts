import { computed, reactive } from 'vue'
import type { FileFormat } from '../../api.ts'
import { useDeps } from '../../deps.ts'
import { useCounty } from '../../stores/county.ts'
import { useLanguage } from '../../stores/language.ts'
import { useViewer } from '../../stores/viewer.ts'

export const FORMATS: readonly FileFormat[] = ['xlsx', 'csv', 'geojson', 'kml']

/** Where the registers can be fetched as a file. @param register the one that is open; null = none */
export function useExport(register: () => string | null) {
  const { api } = useDeps()
  const [county, language, viewer] = [useCounty(), useLanguage(), useViewer()]
  const mayPersons = computed(() => viewer.may('readPersons'))
  const asked = reactive({
    what: (register() ? 'this' : 'all') as 'this' | 'all',
    format: 'xlsx' as FileFormat,
    persons: false,
  })
  const url = computed(() => {
    const one = register()
    // The file is in the language of the screen: the address is made anew when that changes.
    return county.county && language.lang
      ? api.exportUrl(
          county.county.id,
          asked.format,
          asked.what === 'this' && one ? [one] : null,
          asked.persons && mayPersons.value,
        )
      : ''
  })
  return { asked, url, mayPersons }
}
