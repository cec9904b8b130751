import { useEffect, useRef, useState } from "react";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { t } from "../../words/words.ts";
import { CopyButton } from "./copy-button.tsx";

/** Shown once: to be copied, printed or saved before one goes on. */
export function RecoveryCodes({ codes, email, kept }: { codes: readonly string[]; email: string; kept: () => void }) {
  const text = `${t("second.fileHead", { email, host: location.host })}\n\n${codes.join("\n")}\n`;
  const file = useFile(text);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="form recovery" aria-labelledby="recovery-title">
      <h3 id="recovery-title" ref={heading} tabIndex={-1}>
        {t("second.recovery")}
      </h3>
      <p className="recovery__aside">{t("second.recoveryHint")}</p>
      <p className="recovery__head">{t("second.fileHead", { email, host: location.host })}</p>
      <ol className="recovery__codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="form__acts recovery__aside">
        <CopyButton text={text} label={t("act.copy")} name={`${t("act.copy")}: ${t("second.copyCodes")}`} />
        <Button onClick={() => print()}>{t("second.print")}</Button>
        {file === undefined ? null : (
          <ButtonLink icon="download-simple" href={file} download={t("second.fileName")}>
            {t("second.download")}
          </ButtonLink>
        )}
      </div>
      <div className="form__acts recovery__aside">
        <Button look="filled" icon="check" onClick={kept}>
          {t("second.kept")}
        </Button>
      </div>
    </section>
  );
}

/** An address of a text file that never leaves this page. */
function useFile(text: string): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [text]);
  return address;
}
