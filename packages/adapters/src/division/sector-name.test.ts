import { describe, expect, it } from 'vitest'
import { sectorName } from './sector-name.ts'

describe('name of an inter-municipal sub-sector', () => {
  it('says neither the legal form nor its article', () => {
    expect(sectorName('CA du Pays Basque')).toBe('Pays Basque')
    expect(sectorName('CC de Lacq-Orthez')).toBe('Lacq-Orthez')
    expect(sectorName("CU d'Arras")).toBe('Arras')
    expect(sectorName('CA de La Rochelle')).toBe('La Rochelle')
    expect(sectorName('CC la Septaine')).toBe('La Septaine')
    expect(sectorName("CC de l'Oust à Brocéliande")).toBe('Oust à Brocéliande')
  })
  it('drops "Métropole" in front and keeps it behind', () => {
    expect(sectorName('Métropole du Grand Paris')).toBe('Grand Paris')
    expect(sectorName('Métropole Européenne de Lille')).toBe('Lille')
    expect(sectorName('Eurométropole de Strasbourg')).toBe('Strasbourg')
    expect(sectorName('Bordeaux Métropole')).toBe('Bordeaux Métropole')
  })
  it('drops acronyms in brackets and quotation marks', () => {
    expect(sectorName('CA Versailles Grand Parc (CAVGP)')).toBe('Versailles Grand Parc')
    expect(sectorName(`CA "Saintes - Grandes Rives - L'Agglo"`)).toBe("Saintes - Grandes Rives - L'Agglo")
    expect(sectorName("CA de Blois ''Agglopolys''")).toBe('Blois Agglopolys')
  })
})
