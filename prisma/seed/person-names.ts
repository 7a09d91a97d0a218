import type { Random } from './random.ts'

export type Accent = 'basque' | 'bearnais' | 'breton' | 'corse' | 'alsacien' | 'savoyard' | 'midi' | 'french'

export type PersonName = {
  readonly firstName: string
  readonly lastName: string
  readonly gender: 'f' | 'm'
  /** Whether the family name is of the place: those people speak its language more often. */
  readonly local: boolean
}

const words = (text: string): string[] => text.trim().split(/\s*,\s*/)

const LAST: Readonly<Record<Accent, readonly string[]>> = {
  basque:
    words(`Etchegaray, Etcheverry, Elissalde, Duhalde, Bidegain, Irigoyen, Ithurralde, Goyhenetche, Hiriart,
    Larralde, Mendiburu, Oyhenart, Uhalde, Urruty, Aguerre, Arrambide, Curutchet, Dagorret, Damestoy, Garat, Inchauspé,
    Jauréguiberry, Landaburu, Minondo, Noblia, Ospital, Pochelu, Sallaberry, Harispe, Etchebarne, Etchepare, Barnetche,
    Bordachar, Chabagno, Daguerre, Harriet, Ibarburu, Lissarrague, Otheguy, Indart, Salaberry, Haran, Mocho, Ihidoy`),
  bearnais:
    words(`Casabonne, Laborde, Cazenave, Lamothe, Bordenave, Larrouy, Lassalle, Loustau, Capdevielle, Labarthe,
    Casamayor, Pouey, Sarthou, Camy, Peyrot, Lacaze, Mirande, Lahourcade, Cazaux, Lapeyre, Castagné, Hourcade, Barthe,
    Mounou, Lafargue, Dufau, Laplace, Saint-Pé, Cassou, Dabadie`),
  breton:
    words(`Le Goff, Le Gall, Le Roux, Guivarc'h, Cadiou, Tanguy, Riou, Corre, Le Bihan, Jaouen, Abgrall, Quéméneur,
    Quéré, Le Floch, Kervella, Cloarec, Morvan, Prigent, Kerhervé, Bozec, Gourvennec, Le Bras, Madec, Salaün, Troadec,
    Kermarrec, Hascoët, Le Meur, Guéguen, Penn`),
  corse:
    words(`Casanova, Colonna, Leca, Luciani, Mattei, Orsini, Paoli, Santoni, Poggi, Giudicelli, Albertini, Filippi,
    Franceschi, Mariani, Ottaviani, Pietri, Rossi, Susini, Vincentelli, Antonetti`),
  alsacien:
    words(`Schmitt, Muller, Meyer, Klein, Wagner, Keller, Fischer, Hoffmann, Kieffer, Roth, Schneider, Weber,
    Ziegler, Kuntz, Heitz, Baumann, Stoll, Zimmermann, Oberlé, Wurtz`),
  savoyard:
    words(`Favre, Blanc, Bouvier, Perrier, Chapuis, Rey, Mugnier, Jacquier, Curtet, Tissot, Pernet, Duret, Maitral,
    Burnet, Chatelard, Collomb, Gaidet, Villard, Mermoz, Anselmet`),
  midi: words(`Roux, Fabre, Reynaud, Giraud, Arnaud, Blanc, Vidal, Pujol, Barthélemy, Olive, Castellan, Gleize, Sabatier,
    Bonnafous, Cros, Mazel, Rigal, Peyron, Isnard, Audibert, Carles, Delmas, Pons, Estève`),
  french:
    words(`Martin, Bernard, Thomas, Petit, Robert, Richard, Durand, Dubois, Moreau, Laurent, Simon, Michel, Lefebvre,
    Leroy, Bertrand, Morel, Fournier, Girard, Bonnet, Dupont, Lambert, Fontaine, Rousseau, Vincent, Faure, Mercier,
    Boyer, Gauthier, Garcia, Perrin, Robin, Clément, Morin, Nicolas, Henry, Mathieu, Gautier, Masson, Marchand, Duval,
    Denis, Dumont, Marie, Lemaire, Noël, Meunier, Dufour, Blanchard, Brun, Da Silva, Benali, Nguyen, Rivière, Joly,
    Lucas, Roche, Colin, Vidal, Caron, Picard, Renaud, Barbier, Arnaud, Martinez, Aubert, Gaillard, Hubert, Rolland`),
}

type First = { readonly f: readonly string[]; readonly m: readonly string[] }
const FIRST: Readonly<Record<'french' | 'basque' | 'breton' | 'corse', First>> = {
  french: {
    f: words(`Marie, Nathalie, Isabelle, Sylvie, Catherine, Céline, Sandrine, Stéphanie, Valérie, Émilie, Julie, Aurélie,
      Sophie, Laura, Camille, Claire, Delphine, Virginie, Audrey, Caroline, Hélène, Véronique, Élodie, Mélanie, Pauline,
      Manon, Léa, Chloé, Anaïs, Sarah, Karine, Corinne, Laurence, Patricia, Christine, Amandine, Fatima, Nadia, Lucie`),
    m: words(`Jean, Philippe, Michel, Alain, Patrick, Nicolas, Christophe, Pierre, Christian, Éric, Frédéric, Laurent,
      Stéphane, David, Pascal, Julien, Thierry, Olivier, Bruno, Sébastien, Thomas, Alexandre, Antoine, Vincent, Guillaume,
      Maxime, Romain, Mathieu, Kevin, Hugo, Benoît, Fabrice, Gilles, Xavier, Karim, Mehdi, Damien, Cédric, Jérôme`),
  },
  basque: {
    f: words(
      'Amaia, Maite, Nahia, Joana, Maddi, Oihana, Pantxika, Argitxu, Elaia, Kattalin, Mirentxu, Haizea, Graxi',
    ),
    m: words(
      'Xabi, Peio, Beñat, Mattin, Eneko, Iban, Battitt, Ramuntxo, Xan, Ander, Bixente, Jon, Patxi, Mikel, Allande',
    ),
  },
  breton: {
    f: words('Gwenaëlle, Soizic, Nolwenn, Maëlle, Morgane, Rozenn, Annaïg, Enora, Solenn, Katell'),
    m: words('Yann, Erwan, Ronan, Loïc, Malo, Goulven, Gwendal, Tugdual, Yannick, Hervé, Alan'),
  },
  corse: {
    f: words('Vannina, Saveria, Lætitia, Maria, Antonia, Serena, Lisa, Doria'),
    m: words(
      'Ange, Dominique, Toussaint, Pascal, Doumé, Lisandru, Petru, Jean-Baptiste, François-Marie, Ghjuvan',
    ),
  },
}

/** How people of a place are called, by department; Pays Basque is told by its sub-sector. */
const ACCENTS: Readonly<Record<string, Accent>> = {
  '64': 'bearnais',
  '40': 'bearnais',
  '29': 'breton',
  '56': 'breton',
  '35': 'breton',
  '2A': 'corse',
  '2B': 'corse',
  '67': 'alsacien',
  '68': 'alsacien',
  '73': 'savoyard',
  '74': 'savoyard',
  '13': 'midi',
  '06': 'midi',
  '83': 'midi',
  '84': 'midi',
  '34': 'midi',
  '11': 'midi',
}

export const accentOf = (department: string, basque: boolean): Accent =>
  basque ? 'basque' : (ACCENTS[department] ?? 'french')

export function lastName(random: Random, accent: Accent): { readonly name: string; readonly local: boolean } {
  const local = accent !== 'french' && random.chance(0.66)
  return { name: random.pick(LAST[local ? accent : 'french']), local }
}

export function personName(random: Random, accent: Accent): PersonName {
  const gender = random.chance(0.46) ? 'f' : 'm'
  const { name, local } = lastName(random, accent)
  const own = accent === 'basque' || accent === 'breton' || accent === 'corse' ? FIRST[accent] : null
  const first = own !== null && random.chance(local ? 0.5 : 0.12) ? own : FIRST.french
  return { firstName: random.pick(first[gender]), lastName: name, gender, local }
}
