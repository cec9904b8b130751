import type { OwnConsents, RecordConsents } from "../../../protocol/twinspace/consents.ts";
import type {
  ActOnPupils,
  ChangePupil,
  LoginCards,
  MakePupils,
  OwnPupil,
  OwnPupils,
  ProposeAliases,
  ProposedAliases,
  PupilSecond,
  PupilSignedIn,
  PupilSignIn,
  RenewCards,
} from "../../../protocol/twinspace/pupils.ts";
import { ask } from "../../api.ts";
import { spaceAt } from "../space.ts";

const pupilsAt = (project: string) => `${spaceAt(project)}/pupils`;

export const ownPupils = (project: string) => ask<OwnPupils>("GET", pupilsAt(project));
export const proposeAliases = (project: string, body: ProposeAliases) =>
  ask<ProposedAliases>("POST", `${pupilsAt(project)}/propose`, body);
export const makePupils = (project: string, body: MakePupils) => ask<LoginCards>("POST", pupilsAt(project), body);
export const renewCards = (project: string, body: RenewCards) =>
  ask<LoginCards>("POST", `${pupilsAt(project)}/cards`, body);
export const changePupil = (project: string, pupil: string, body: ChangePupil) =>
  ask<OwnPupil>("PATCH", `${pupilsAt(project)}/${encodeURIComponent(pupil)}`, body);
export const actOnPupils = (project: string, body: ActOnPupils) => ask<void>("POST", `${pupilsAt(project)}/acts`, body);

export const ownConsents = (project: string) => ask<OwnConsents>("GET", `${spaceAt(project)}/consents`);
export const recordConsents = (project: string, body: RecordConsents) =>
  ask<void>("POST", `${spaceAt(project)}/consents`, body);

/* Where pupils sign in. */

export const beginPupil = (code: string) => ask<PupilSecond>("POST", "/api/pupil/begin", { code });
export const signPupilIn = (body: PupilSignIn) => ask<PupilSignedIn>("POST", "/api/pupil/sign-in", body);
