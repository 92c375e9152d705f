/** Who keeps a register, and how its rows are numbered. */
export const OFFICES: Record<string, { code: string; source: string }> = {}
const office = (name: string, registers: Record<string, string>): void => {
  for (const [key, code] of Object.entries(registers)) {
    OFFICES[key] = { code: `990001-${code}-`, source: `青岭县${name}台账（虚构示范数据）` }
  }
}
office('民政局', { townships: 'XZ', villages: 'CZ', nursingHomes: 'YL' })
office('应急管理局', {
  teams: 'DW',
  vehicles: 'CL',
  equipment: 'ZB',
  stores: 'CK',
  stock: 'WZ',
  mines: 'KS',
  miningSystems: 'XT',
  tailingsPonds: 'WK',
  hazardSources: 'WY',
  shelters: 'BN',
  helipads: 'TJ',
  commands: 'ZH',
  liaisonOfficers: 'ZY',
  communications: 'TX',
  radioStations: 'DT',
  instruments: 'JC',
})
office('自然资源局', { geohazardPoints: 'DZ', refuges: 'BX' })
office('水利局', { reservoirs: 'SK', flashFloodZones: 'SH', floodSpots: 'SS' })
office('生态环境局', { waterIntakes: 'QS' })
office('气象局', { weatherStations: 'QX' })
office('地震局', { seismicStations: 'DZY' })
office('文化和旅游局', { guestHouses: 'MS', scenicSpots: 'JQ' })
office('住房和城乡建设局', { buildingSites: 'GD' })
office('教育局', { schools: 'XX' })
office('卫生健康局', { hospitals: 'YY' })
office('交通运输局', { bridges: 'QL' })
office('发展和改革局', { powerStations: 'DZH' })
