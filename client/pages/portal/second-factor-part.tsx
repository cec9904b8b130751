import { useState } from "react";
import type {
  RecoveryCodes as Codes,
  MySecondFactor,
  NewSecondFactor,
  ProveOwner,
} from "../../../protocol/http/secondFactor.ts";
import {
  beginSecondFactor,
  confirmSecondFactor,
  mySecondFactor,
  newRecoveryCodes,
  switchSecondFactorOff,
} from "../../api/signing-in.ts";
import type { Answer } from "../../api.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { TextField } from "../../parts/field.tsx";
import { QrCode } from "../../parts/qr-code.tsx";
import { StatusLine } from "../../parts/said.tsx";
import { Tag } from "../../parts/tag.tsx";
import type { FieldErrors } from "../../views/field-errors.ts";
import { t } from "../../words/words.ts";
import { CodeField } from "./code-field.tsx";
import { CopyButton } from "./copy-button.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { Trouble } from "./trouble.tsx";
import { useAct } from "./use-act.ts";
import { useAsked } from "./use-asked.ts";
import { useForm } from "./use-form.ts";
import "./second-factor.css";

type Open =
  | { what: "nothing" }
  | { what: "settingUp"; made: NewSecondFactor }
  | { what: "codes"; codes: readonly string[] }
  | { what: "proof"; of: "off" | "codes" };

/** Setting a second factor up, and off. `done`: it is on, and the recovery codes are kept. */
export function SecondFactorPart({ email, done }: { email: string; done?: () => void }) {
  const { asked, again, change } = useAsked(mySecondFactor);
  const [open, setOpen] = useState<Open>({ what: "nothing" });
  const [said, say] = useState<string>();
  const begin = useAct(beginSecondFactor, (made) => setOpen({ what: "settingUp", made }));
  const close = () => setOpen({ what: "nothing" });
  const mine = asked.state === "here" ? asked.value : undefined;

  return (
    <section className="card form" id="second-factor" aria-labelledby="second-factor-title">
      <h2 id="second-factor-title">{t("second.title")}</h2>
      <StatusLine>{said}</StatusLine>
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {open.what === "settingUp" ? (
        <SettingUp
          made={open.made}
          confirmed={(codes) => {
            say(t("second.onDone"));
            setOpen({ what: "codes", codes });
          }}
          cancel={close}
        />
      ) : null}
      {open.what === "codes" ? (
        <RecoveryCodes
          codes={open.codes}
          email={email}
          kept={() => {
            close();
            again();
            done?.();
          }}
        />
      ) : null}
      {mine !== undefined && (open.what === "nothing" || open.what === "proof") ? (
        <State
          mine={mine}
          busy={begin.busy}
          setUp={() => {
            say(undefined);
            begin.run();
          }}
          prove={(of) => setOpen({ what: "proof", of })}
        />
      ) : null}
      <Trouble refusal={begin.refusal} />
      {open.what === "proof" && mine !== undefined ? (
        <ProofDialog
          of={open.of}
          hasPassword={mine.hasPassword}
          off={(now) => {
            change(() => now);
            say(t("second.offDone"));
            close();
          }}
          made={({ codes }) => setOpen({ what: "codes", codes })}
          onClose={close}
        />
      ) : null}
    </section>
  );
}

function proofWords(of: "off" | "codes"): { title: string; hint: string; act: string } {
  return of === "off"
    ? { title: t("second.switchOffTitle"), hint: t("second.switchOffHint"), act: t("second.switchOff") }
    : { title: t("second.newCodesTitle"), hint: t("second.newCodesHint"), act: t("second.make") };
}

function State({
  mine: { state, codesLeft },
  busy,
  setUp,
  prove,
}: {
  mine: MySecondFactor;
  busy: boolean;
  setUp: () => void;
  prove: (of: "off" | "codes") => void;
}) {
  if (state === "off") {
    return (
      <>
        <p>{t("second.what")}</p>
        <p>
          <Tag>{t("second.off")}</Tag>
        </p>
        <Button icon="shield-check" onClick={setUp} aria-disabled={busy}>
          {t("second.setUp")}
        </Button>
      </>
    );
  }
  return (
    <>
      <p className="second-factor__state">
        <Tag tone="good" icon="shield-check">
          {t("second.on")}
        </Tag>
        <span>{t("second.codesLeft", { count: codesLeft })}</span>
      </p>
      <div className="form__acts">
        <Button icon="arrows-clockwise" onClick={() => prove("codes")}>
          {t("second.newCodes")}
        </Button>
        <Button look="danger" onClick={() => prove("off")}>
          {t("second.switchOff")}
        </Button>
      </div>
    </>
  );
}

function SettingUp({
  made,
  confirmed,
  cancel,
}: {
  made: NewSecondFactor;
  confirmed: (codes: readonly string[]) => void;
  cancel: () => void;
}) {
  const form = useForm(
    (fields) => {
      const code = String(fields.get("code")).trim();
      return code === "" ? { errors: { code: "form.missing" } as const } : confirmSecondFactor(code);
    },
    ({ codes }) => confirmed(codes),
  );
  return (
    <form {...form.props} className="form" aria-label={t("second.setUp")}>
      <ol className="second-factor__steps">
        <li>
          <p>{t("second.step1")}</p>
          <p className="soft small">{t("second.step1Hint")}</p>
          <QrCode rows={made.qr} name={t("second.qr")} />
          <div className="second-factor__secret">
            <p>
              <strong>{t("second.secret")}</strong>
            </p>
            <code>{inFours(made.secret)}</code>
            <CopyButton text={made.secret} label={t("act.copy")} name={`${t("act.copy")}: ${t("second.copySecret")}`} />
          </div>
        </li>
        <li>
          <p>{t("second.step2")}</p>
          <CodeField error={form.error("code")} />
        </li>
      </ol>
      <Trouble refusal={form.refusal} />
      <div className="form__acts">
        <Button type="submit" look="filled" icon="check" aria-disabled={form.busy}>
          {t("second.confirm")}
        </Button>
        <Button onClick={cancel}>{t("act.cancel")}</Button>
      </div>
    </form>
  );
}

const inFours = (secret: string): string => secret.match(/.{1,4}/g)?.join(" ") ?? secret;

/** Something that only the owner may do: password and code are asked for once more. */
function ProofDialog({
  of,
  hasPassword,
  off,
  made,
  onClose,
}: {
  of: "off" | "codes";
  hasPassword: boolean;
  off: (now: MySecondFactor) => void;
  made: (codes: Codes) => void;
  onClose: () => void;
}) {
  const { title, hint, act } = proofWords(of);
  const [kind, setKind] = useState<"app" | "recovery">("app");
  const send = async (proof: ProveOwner): Promise<Answer<MySecondFactor | Codes>> =>
    of === "off" ? switchSecondFactorOff(proof) : newRecoveryCodes(proof);
  const form = useForm<MySecondFactor | Codes>(
    (fields) => {
      const password = String(fields.get("password") ?? "");
      const code = String(fields.get("code")).trim();
      const errors: FieldErrors = {};
      if (hasPassword && password === "") errors.password = "form.missing";
      if (code === "") errors.code = "form.missing";
      if (Object.keys(errors).length > 0) return { errors };
      return send({ code, ...(hasPassword ? { password } : {}) });
    },
    (answer) => ("codes" in answer ? made(answer) : off(answer)),
  );
  return (
    <Dialog title={title} onClose={onClose}>
      <form {...form.props} className="form" aria-label={title}>
        <p>{hint}</p>
        {hasPassword ? (
          <TextField
            label={t("second.password")}
            name="password"
            type="password"
            autoComplete="current-password"
            error={form.error("password")}
          />
        ) : null}
        <CodeField kind={kind} error={form.error("code")} />
        <div>
          <Button look="plain" size="small" onClick={() => setKind(kind === "app" ? "recovery" : "app")}>
            {t(kind === "app" ? "signIn.useRecovery" : "signIn.useApp")}
          </Button>
        </div>
        <Trouble refusal={form.refusal} />
        <div className="form__acts">
          <Button onClick={onClose}>{t("act.cancel")}</Button>
          <Button type="submit" look={of === "off" ? "danger" : "filled"} aria-disabled={form.busy}>
            {act}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
