import type { BeforeLeaving } from "../../../protocol/http/leaving.ts";
import type { ImportView, Leaving } from "../../../protocol/twinspace/leaving.ts";
import { type Answer, ask, type Refusal } from "../../api.ts";
import { spaceAt } from "../space.ts";

const at = encodeURIComponent;

export const leavingOf = (project: string) => ask<Leaving>("GET", `${spaceAt(project)}/leaving`);
export const makeCopy = (project: string) => ask<void>("POST", `${spaceAt(project)}/exports`, {});
export const copyAt = (project: string, id: string) => `${spaceAt(project)}/exports/${at(id)}/file`;
const imported = (project: string, id: string) => `${spaceAt(project)}/imports/${at(id)}`;
export const takeImport = (project: string, id: string) => ask<void>("POST", `${imported(project, id)}/take`, {});
export const dropImport = (project: string, id: string) => ask<void>("DELETE", imported(project, id));

/** As large as projects are, it takes as long as it takes. `sent` hears how many bytes have gone. */
export function sendProject(project: string, file: File, sent: (bytes: number) => void): Promise<Answer<ImportView>> {
  return new Promise((answer) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${spaceAt(project)}/imports`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded }) => sent(loaded);
    request.onerror = () => answer({ refused: "offline" });
    request.onload = () => {
      // The server checks what it answers by the route's own shape.
      const body: ImportView | Refusal | null = request.response;
      if (body === null) answer({ refused: "command.failed" });
      else answer("refused" in body ? body : { value: body });
    };
    request.send(file);
  });
}

export const pupilRecordAt = (project: string, pupil: string) => `${spaceAt(project)}/pupils/${at(pupil)}/record`;
export const erasePupil = (project: string, pupil: string) =>
  ask<void>("POST", `${spaceAt(project)}/pupils/${at(pupil)}/erase`);

export const myRecordAt = "/api/me/record";
export const beforeLeaving = () => ask<BeforeLeaving>("GET", "/api/me/leaving");
export const endMyAccount = (password: string) => ask<void>("POST", "/api/me/end", { password });
