const LEGAL_FORM = /^(CC|CA|CU) /
const METROPOLIS = /^(Eurom|M)étropole (Européenne )?/
// Small letters only: the article of "La Rochelle" is part of its name.
const ARTICLE = /^(de la |de l'|du |des |de |d')/

/** An inter-municipal grouping as people say it: "CA du Pays Basque" is "Pays Basque", "Métropole de Lyon" is "Lyon". */
export function sectorName(official: string): string {
  const name = official
    .replace(/\s*\([^)]*\)/g, '')
    .replace(/''|"/g, '')
    .replace(LEGAL_FORM, '')
    .replace(METROPOLIS, '')
    .replace(ARTICLE, '')
    .replaceAll('Coeur', 'Cœur')
    .trim()
  return name.charAt(0).toUpperCase() + name.slice(1)
}
