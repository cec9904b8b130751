/** Invented people for the gallery. */
import type { ShownPerson } from "../parts/person.ts";

const oulu = { country: "FI", school: "Oulun koulu", town: "Oulu" };
const aveiro = { country: "PT", school: "Escola de Aveiro", town: "Aveiro" };

export const aino: ShownPerson = { id: "s1", name: "Aino K.", kind: "pupil", face: 7, ...oulu };
export const eetu: ShownPerson = { id: "s2", name: "Eetu L.", kind: "pupil", face: 1, ...oulu };
export const ines: ShownPerson = { id: "s3", name: "Inês M.", kind: "pupil", face: 2, ...aveiro };
export const class6: ShownPerson = { id: "s4", name: "Class 6A", kind: "class", ...oulu };
export const rui: ShownPerson = { id: "s5", name: "Rui P.", kind: "pupil", face: 3, ...aveiro };
export const ana: ShownPerson = { id: "s6", name: "Ana", kind: "adult", face: 4, ...aveiro };
export const diogo: ShownPerson = { id: "s7", name: "Diogo F.", kind: "pupil", face: 5, ...aveiro };
export const mikko: ShownPerson = { id: "s8", name: "Mikko", kind: "adult", face: 6, ...oulu };
export const matti: ShownPerson = { id: "s9", name: "Matti K.", kind: "pupil", ...oulu };
export const guest: ShownPerson = { id: "s10", name: "Guest 7", kind: "unknown" };
export const lefteris: ShownPerson = {
  id: "s11",
  name: "Λευτέρης Β.",
  kind: "pupil",
  country: "GR",
  school: "3ο Δημοτικό Βόλου",
  town: "Βόλος",
};
export const stefan: ShownPerson = {
  id: "s12",
  name: "Стефан Л.",
  kind: "pupil",
  country: "BG",
  school: "СУ „Васил Левски“",
  town: "Пловдив",
};
export const hoa: ShownPerson = {
  id: "s13",
  name: "Maximiliana-Theodora von Hohenstaufen",
  kind: "pupil",
  country: "LI",
  town: "Vaduz",
};

export const me = (person: ShownPerson): ShownPerson => ({ ...person, you: true });
