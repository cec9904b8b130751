/** Letters in Finnish: how one comes in, and projects. A kind that is missing here goes out in English. */
import type { Stationery } from "./entry.ts";
import type { Translations } from "./languages.ts";

const plural = new Intl.PluralRules("fi");
const counted = (n: number, one: string, other: string) => `${n} ${plural.select(n) === "one" ? one : other}`;

export const stationery: Stationery = {
  tag: "fi",
  dir: "ltr",
  greeting: (name) => (name ? `Hyvää päivää, ${name}` : "Hyvää päivää"),
  linkHint: "Jos painike ei toimi, avaa tämä osoite:",
  footer: (origin) =>
    `Twinlight${origin && `, ${origin}`}. Tämän kirjeen kirjoitti palvelin; kukaan ei lue vastausta siihen.`,
};

export const letters: Translations = {
  registration: {
    subject: () => "Vahvista sähköpostiosoitteesi",
    paragraphs: () => [
      "Joku, toivottavasti sinä, on rekisteröitymässä Twinlightiin tällä osoitteella. Vahvista, että se on sinun.",
      "Jos se et ollut sinä, älä tee mitään: ilman vahvistusta mitään ei tapahdu.",
    ],
    button: "Vahvista osoite",
  },
  registrationKnown: {
    subject: () => "Sinulla on jo tili",
    paragraphs: ({ passwordLink }) => [
      "Joku, toivottavasti sinä, halusi rekisteröityä Twinlightiin tällä osoitteella. Sillä on jo tili: kirjaudu sisään sillä.",
      `Jos unohdit salasanan, valitse uusi täällä: ${passwordLink}`,
      "Jos se et ollut sinä, älä tee mitään.",
    ],
    button: "Kirjaudu sisään",
  },
  invitation: {
    subject: () => "Kutsusi Twinlightiin",
    paragraphs: ({ days }) => [
      "Tämän Twinlight-palvelimen ylläpitäjä teki sinulle tilin. Valitse salasana, niin voit aloittaa.",
      `Linkki toimii kerran, ${counted(days, "päivän", "päivää")}. Se on vain sinulle: älä anna sitä muille.`,
    ],
    button: "Valitse salasana",
  },
  passwordLink: {
    subject: () => "Valitse uusi salasana",
    paragraphs: ({ hours }) => [
      "Täällä valitset uuden salasanan Twinlight-tilillesi.",
      `Linkki toimii kerran, ${counted(hours, "tunnin", "tuntia")}. Jos et pyytänyt sitä, älä tee mitään: salasanasi pysyy ennallaan.`,
    ],
    button: "Valitse uusi salasana",
  },
  passwordReset: {
    subject: () => "Salasanasi nollattiin",
    paragraphs: ({ days }) => [
      "Tämän Twinlight-palvelimen ylläpitäjä nollasi salasanasi. Vanha ei enää toimi, ja sinut kirjattiin ulos kaikkialta.",
      `Valitse uusi. Linkki toimii kerran, ${counted(days, "päivän", "päivää")}.`,
    ],
    button: "Valitse uusi salasana",
  },
  schoolValidated: {
    subject: ({ school }) => `Koulu on vahvistettu: ${school}`,
    paragraphs: ({ school }) => [
      `Tukipalvelu vahvisti koulun ${school}. Voit etsiä kumppanikouluja, rekisteröidä projekteja ja varata kokouksia.`,
    ],
    button: "Aloita",
  },
  personValidated: {
    subject: ({ school }) => `Sinut on vahvistettu: ${school}`,
    paragraphs: ({ school }) => [
      `Vahvistettiin, että työskentelet koulussa ${school}. Voit etsiä kumppanikouluja, rekisteröidä projekteja ja varata kokouksia.`,
    ],
    button: "Aloita",
  },
  projectInvited: {
    subject: ({ project }) => `Teettekö tämän projektin yhdessä? ${project}`,
    paragraphs: ({ project, person, school }) => [
      `${person} (${school}) kirjoitti projektin ”${project}” ja nimeää sinut sen kumppaniksi. Se alkaa vain, jos suostut.`,
      "Lue se, muuta mitä pitää muuttaa, ja suostu sitten tai kieltäydy.",
    ],
    button: "Lue projekti",
  },
  projectAgreed: {
    subject: ({ project }) => `Kumppanisi suostui: ${project}`,
    paragraphs: ({ project, school }) => [`${school} suostui projektiin ”${project}”. Nyt tukipalvelut katsovat sitä.`],
    button: "Avaa projekti",
  },
  projectDeclined: {
    subject: ({ project }) => `Kumppanisi kieltäytyi: ${project}`,
    paragraphs: ({ project, school, reason }) => [`${school} ei osallistu projektiin ”${project}”.`, { quote: reason }],
    button: "Avaa projekti",
  },
  projectChangeAsked: {
    subject: ({ project }) => `Kumppanisi pyytää muutosta: ${project}`,
    paragraphs: ({ project, school, note }) => [
      `${school} haluaisi jotakin toisin projektissa ”${project}” ennen kuin suostuu:`,
      { quote: note },
      "Se on taas luonnos. Muuttakaa sitä yhdessä ja lähetä se sitten uudelleen.",
    ],
    button: "Avaa luonnos",
  },
  projectToService: {
    subject: ({ project }) => `Projekti odottaa hyväksyntää: ${project}`,
    paragraphs: ({ project, schools }) => [
      `Projektin ”${project}” kumppanit suostuivat (${schools}). Se odottaa hyväksyntääsi.`,
    ],
    button: "Avaa työlista",
  },
  projectReturned: {
    subject: ({ project }) => `Katso projektiasi uudelleen: ${project}`,
    paragraphs: ({ project, note }) => [
      `Tukipalvelu palautti sinulle projektin ”${project}” tällä viestillä:`,
      { quote: note },
      "Muuta mitä tarvitsee ja lähetä se uudelleen.",
    ],
    button: "Avaa projekti",
  },
  projectRefused: {
    subject: ({ project }) => `Projektiasi ei hyväksytty: ${project}`,
    paragraphs: ({ project, reason }) => [
      `Tukipalvelu ei hyväksynyt projektia ”${project}”. Se antoi tämän syyn:`,
      { quote: reason },
    ],
    button: "Avaa projekti",
  },
  projectApproved: {
    subject: ({ project }) => `Projektisi on hyväksytty: ${project}`,
    paragraphs: ({ project, labelLink }) => [
      `Kaikki tukipalvelut hyväksyivät projektin ”${project}”. Sen TwinSpace on auki, ja teillä on eTwinning-merkki.`,
      `Merkki tulostettavaksi ja näytettäväksi: ${labelLink}`,
    ],
    button: "Avaa projekti",
  },
  projectApprovedWithoutLabel: {
    subject: ({ project }) => `Projektisi on hyväksytty: ${project}`,
    paragraphs: ({ project }) => [
      `”${project}” on hyväksytty ja sen TwinSpace on auki. Yhden koulun projektina sillä ei ole eTwinning-merkkiä.`,
    ],
    button: "Avaa projekti",
  },
  projectPartnerAdded: {
    subject: ({ project }) => `Maasi koulu liittyi projektiin: ${project}`,
    paragraphs: ({ project, schools }) => [
      `Hyväksytyllä projektilla ”${project}” on uusi kumppani (${schools}). Tämä on vain tiedoksi; sinun ei tarvitse tehdä mitään.`,
    ],
    button: "Avaa työlista",
  },
  projectReset: {
    subject: ({ project }) => `Muutettu odotuksen aikana: ${project}`,
    paragraphs: ({ project, person }) => [
      `${person} muutti projektia ”${project}” sen odottaessa. Aiempia suostumuksia ja hyväksyntöjä kysytään uudelleen.`,
    ],
    button: "Avaa projekti",
  },
  memberInvited: {
    subject: ({ project }) => `Sinut on kutsuttu projektiin: ${project}`,
    paragraphs: ({ project, person, school }) => [`${person} (${school}) kutsuu sinut mukaan projektiin ”${project}”.`],
    button: "Vastaa",
  },
};
