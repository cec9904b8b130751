/** A school's form as somebody would send it, with names that are not Latin. */
import type { Place, SchoolForm } from "../../protocol/http/registry.ts";

export const volos: SchoolForm = {
  legalName: "",
  name: "5ο Γυμνάσιο Βόλου",
  country: "GR",
  region: "GR-E",
  number: "35 01 234",
  address: "Οδός Ιάσονος 12",
  town: "Βόλος",
  postcode: "382 21",
  website: "www.gym5-volou.example",
  type: "lowerSecondary",
  languages: ["el", "en"],
  subjects: ["music", "geography"],
  ageMin: 12,
  ageMax: 15,
  pupilCount: 310,
  principalName: "Μαρία Παππά",
  principalEmail: "maria@volos.test",
  leadName: "",
  leadEmail: "",
  description: "A school by the sea.",
  available: true,
};
export const teacher: Place = { staffRole: "teacher", lead: false };
