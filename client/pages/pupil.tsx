import { useEffect, useRef, useState } from "react";
import { readPupilCode, writePupilCode } from "../../domain/twinspace/pupilCode.ts";
import type { FrontDoor } from "../../protocol/http/accounts.ts";
import type { PupilSecond, PupilSignedIn, PupilSignIn } from "../../protocol/twinspace/pupils.ts";
import { beginPupil, signPupilIn } from "../api/space/pupils.ts";
import { Button } from "../parts/button.tsx";
import { TextField } from "../parts/field.tsx";
import { sectionPath } from "../views/space-sections.ts";
import { t } from "../words/words.ts";
import { OpenPage, PortalFrame } from "./portal/portal-page.tsx";
import { Trouble } from "./portal/trouble.tsx";
import { useAct } from "./portal/use-act.ts";
import { useForm } from "./portal/use-form.ts";
import { PictureSecret } from "./pupils/picture-secret.tsx";
import { WaitOr } from "./pupils/wait-or.tsx";
import "./pupils/sign-in.css";

interface Asked {
  /** As it was typed. */
  code: string;
  second: PupilSecond;
}

/** `/pupil`, and `/pupil#<code>` from a card's QR code: the code, then the pictures or the word. */
export default function PupilPage() {
  return <OpenPage title={t("pupil.title")}>{(door) => <Steps door={door} />}</OpenPage>;
}

/** The code leaves the address at once: the next child at this computer must not find it there. */
function codeOfAddress(): string {
  const code = readPupilCode(decodeURIComponent(location.hash.slice(1)));
  if (location.hash !== "") history.replaceState(null, "", location.pathname);
  return code ?? "";
}

function Steps({ door }: { door: FrontDoor }) {
  const [asked, setAsked] = useState<Asked>();
  const [first, setFirst] = useState("");
  const begin = useAct(beginPupil, (second, code) => setAsked({ code, second }));
  const begun = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page is opened
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const code = codeOfAddress();
    if (code === "") return;
    setFirst(writePupilCode(code));
    begin.run(code);
  }, []);
  const signedIn = door.me?.name ?? door.place?.name;
  return (
    <PortalFrame door={door}>
      <div className="pupil-sign-in card">
        {asked === undefined ? (
          <CodeStep key={first} first={first} refused={begin.refusal} done={setAsked} />
        ) : (
          <SecretStep asked={asked} again={() => setAsked(undefined)} />
        )}
        {signedIn === undefined ? null : <p className="small">{t("pupil.somebodyElse", { name: signedIn })}</p>}
        <p className="soft small">{t("pupil.noCard")}</p>
      </div>
    </PortalFrame>
  );
}

function CodeStep({
  first,
  refused,
  done,
}: {
  first: string;
  refused: Parameters<typeof Trouble>[0]["refusal"];
  done: (asked: Asked) => void;
}) {
  const typed = useRef("");
  const form = useForm(
    (fields) => {
      typed.current = String(fields.get("code"));
      if (typed.current.trim() === "") return { errors: { code: "form.missing" } as const };
      // Its last sign checks the others, so nobody need be asked.
      if (readPupilCode(typed.current) === null) return { errors: { code: "refusal.pupil.codeMistyped" } as const };
      return beginPupil(typed.current);
    },
    (second) => done({ code: typed.current, second }),
  );
  return (
    <form {...form.props} className="form" aria-label={t("pupil.title")}>
      <h1>{t("pupil.title")}</h1>
      <TextField
        label={t("pupil.code")}
        name="code"
        large
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={60}
        defaultValue={first}
        hint={t("pupil.codeHint")}
        error={form.error("code")}
      />
      <Trouble refusal={form.refusal ?? refused} />
      <Button type="submit" look="filled" size="large" wide aria-disabled={form.busy}>
        {t("pupil.next")}
      </Button>
    </form>
  );
}

const enter = (signedIn: PupilSignedIn) => {
  if ("project" in signedIn) location.assign(sectionPath(signedIn.project, "home"));
};

function SecretStep({ asked: { code, second }, again }: { asked: Asked; again: () => void }) {
  const send = (secret: PupilSignIn["secret"]) => signPupilIn({ code, secret });
  const other = (
    <Button look="plain" size="small" onClick={again}>
      {t("pupil.otherCode", { code: writePupilCode(readPupilCode(code) ?? code) })}
    </Button>
  );
  if (second.kind === "pictures") {
    return <PictureSecret pictures={second.pictures} send={send} done={enter} other={other} />;
  }
  return <WordSecret send={send} other={other} />;
}

function WordSecret({
  send,
  other,
}: {
  send: (secret: string) => ReturnType<typeof signPupilIn>;
  other: React.ReactNode;
}) {
  const form = useForm((fields) => {
    const word = String(fields.get("word"));
    return word.trim() === "" ? { errors: { word: "form.missing" } as const } : send(word);
  }, enter);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once: whoever has just typed the code goes on typing
  useEffect(() => form.focus("word"), []);
  return (
    <form {...form.props} className="form" aria-label={t("pupil.wordTitle")}>
      <h1>{t("pupil.wordTitle")}</h1>
      <TextField
        label={t("pupil.word")}
        name="word"
        large
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={60}
        hint={t("pupil.wordHint")}
        error={form.error("word")}
      />
      <WaitOr refusal={form.refusal} />
      <Button type="submit" look="filled" size="large" icon="sign-in" wide aria-disabled={form.busy}>
        {t("pupil.enter")}
      </Button>
      {other}
    </form>
  );
}
