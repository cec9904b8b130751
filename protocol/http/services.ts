/** Support services over http: what they say of themselves, and who works there. The central one appoints. */
import * as z from "zod";
import { At, CountryCode, Id, LanguageTag } from "../ids.ts";
import { Email } from "./accounts.ts";

const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}\p{Co}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u);

const Website = z
  .string()
  .trim()
  .max(200)
  .refine((address) => address === "" || /^https?:\/\/[^\s/]+\.[^\s/]+/.test(address));

export const ServiceFacts = z.strictObject({
  name: line(120).min(1),
  email: z.union([z.literal(""), Email]),
  website: Website,
  languages: z.array(LanguageTag).max(20),
  /** A further partner's country approves again, instead of only being told. */
  approvesAddedPartners: z.boolean(),
});
export type ServiceFacts = z.infer<typeof ServiceFacts>;

export const ServiceStaff = z.strictObject({ account: Id, name: z.string(), email: z.string(), since: At });
export type ServiceStaff = z.infer<typeof ServiceStaff>;
export const Service = z.strictObject({
  id: Id,
  /** Null: the central one. */
  country: CountryCode.nullable(),
  name: z.string(),
  email: z.string(),
  website: z.string(),
  languages: z.array(z.string()),
  approvesAddedPartners: z.boolean(),
  staff: z.array(ServiceStaff),
  /** Whether the caller may appoint and dismiss. */
  mayAppoint: z.boolean(),
});
export type Service = z.infer<typeof Service>;
export const Services = z.strictObject({ services: z.array(Service) });
export type Services = z.infer<typeof Services>;

export const OneService = z.strictObject({ service: Id });
export const NewService = z.strictObject({ country: CountryCode, name: line(120).min(1) });
export type NewService = z.infer<typeof NewService>;
/** By the e-mail of an account there is. */
export const Appoint = z.strictObject({ email: Email });
export type Appoint = z.infer<typeof Appoint>;
export const OneOfStaff = z.strictObject({ service: Id, account: Id });
