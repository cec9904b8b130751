/**
 * Words that children can read and write, for who signs in by a word and a number ("river 47"). Every word is of small
 * letters that are on the keyboard of its language, and nothing anybody would mind to be called by.
 */

/** By language, in its own name's order of the alphabet. */
export const easyWords = {
  de: "ampel apfel baum berg birne blume brot ente feder feuer fisch garten gras hand hase haus honig hund insel jacke kamel katze kerze kirsche kuchen lampe licht maus mond nase nest regen ring schiff schnee sonne stein stern tiger vogel wald wind wolke zebra",
  en: "apple bear bell bird boat book bread bridge button cake candle castle cloud duck farm fish flower forest fox garden grass hand hat hill honey horse island jacket juice kite lamp leaf lemon lion milk moon mountain nest orange paper park pencil pond rain ring river rocket sand shell ship shoe snow spoon star stone sun table tent tiger train tree water wind window",
  es: "abeja agua barco bosque cama camino casa cielo conejo dado dedo flor fresa fuego gato globo hoja isla jardin lago leche libro luna mano mar melon mesa miel monte nido nube oso pan pato perro pez piano playa queso rana sol tren uva vaca vela zapato",
  fi: "aalto ankka aurinko hattu hevonen hiekka ilves järvi jänis kala karhu kello keksi kenkä kettu kirja kissa kivi koira kuu kukka kuusi lamppu lehti leipä lintu lumi maito mansikka meri metsä omena orava pallo pilvi pouta ranta saari sade sammal susi talo tuuli vene",
  fr: "arbre avion ballon banane bateau bois bougie canard carotte chat cheval chien ciel citron fleur fraise gare herbe jardin jupe lait lampe lapin lion livre lune main maison mer miel montagne neige nid nuage orange ours pain panda pluie poire pomme pont renard robe sable soleil table tigre train vache vent",
  it: "acqua albero anatra barca bosco cane carta casa castello cavallo cielo fiore foglia fragola gatto giardino isola lago latte libro luna mano mare mela miele monte neve nido nube orso pane papera pesce pera piano ponte prato rana sale sole stella tavolo tigre topo treno vela vento zebra",
  nl: "appel beer berg bloem boek boom boot brood brug dorp eend eiland fiets gras haas hand hond honing huis jas kaars kaas kat koek lamp maan melk meer muis nest paard peer pen plant regen ring schip sneeuw steen ster strand tafel tijger trein tuin vis vogel vos wind wolk zand zon",
  pl: "banan bajka balon but chleb chmura deszcz dom drzewo jagoda jezioro koc kot kawa koza krowa kwiat lampa las lew lis lody lato mapa miska most motyl mysz nos okno owoc palma park pies plac ryba rower rzeka ser sowa statek tata trawa wiatr wyspa zebra zima",
  pt: "abelha areia barco bolo bosque cama casa cavalo coelho fogo flor folha fruta gato girafa ilha jardim lago leite livro lua mapa mar mel mesa milho montanha navio neve ninho nuvem ovelha pato peixe pera piano ponte praia queijo rato rio rosa sapo sol tigre uva vaca vela vento zebra",
  sv: "anka apa banan berg bi blomma bok bord bro bulle fisk flod glass hand hare hav hatt hund hus is jordgubbe kaka katt klocka ko lampa lejon ljus moln mus nalle ost park penna ring ros sand sjö skog sko snö sol sten strand stol tiger vatten vind äpple",
} as const satisfies Readonly<Record<string, string>>;

export type WordLanguage = keyof typeof easyWords;
// The keys' own type is forgotten by Object.keys.
export const wordLanguages = Object.keys(easyWords) as readonly WordLanguage[];

export const wordsOf = (language: WordLanguage): readonly string[] => [...new Set(easyWords[language].split(" "))];

/** Beside the word: from 20 to 99, so that it is always two digits of which none stands alone. */
export const firstNumber = 20;
export const lastNumber = 99;

/** Letters that are no letter with a mark on it, and what one types who has not got them. */
const others: Readonly<Record<string, string>> = { ø: "o", ł: "l", đ: "d", ß: "ss", æ: "ae", œ: "oe", ı: "i" };

/** What a child typed, as it is compared: without capitals, marks and spaces. */
export function plainWord(typed: string): string {
  const bare = typed.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
  return [...bare]
    .map((sign) => others[sign] ?? sign)
    .join("")
    .replace(/[^\p{L}\p{N}]/gu, "");
}
