import { useState } from "react";
import type { NewsChoice, NewsSubject } from "../../../protocol/twinspace/news.ts";
import { chooseNews, newsChoices } from "../../api/news.ts";
import { Select } from "../../parts/field.tsx";
import { StatusLine } from "../../parts/said.tsx";
import { t } from "../../words/words.ts";
import { Trouble } from "../portal/trouble.tsx";
import { useAct } from "../portal/use-act.ts";
import { useAsked } from "../portal/use-asked.ts";

const subjects: readonly NewsSubject[] = ["mail", "pages", "materials", "talk", "dates", "members", "report"];
const choices: readonly NewsChoice[] = ["atOnce", "daily", "never"];

/** On the account's page: what comes by letter, and how. Each choice is kept as it is made. */
export function NewsLettersPart() {
  const { asked, again, change } = useAsked(newsChoices);
  const [said, say] = useState("");
  const choose = useAct(chooseNews, (chosen) => {
    change(() => chosen);
    say(t("newsLetters.saved"));
  });
  return (
    <section className="card form" aria-labelledby="news-letters">
      <h2 id="news-letters">{t("newsLetters.title")}</h2>
      <p className="soft">{t("newsLetters.hint")}</p>
      {asked.state === "asking" ? <p role="status">{t("app.loading")}</p> : null}
      {asked.state === "refused" ? <Trouble refusal={asked.refusal} again={again} /> : null}
      {asked.state === "here" ? (
        <div className="form__pair">
          {subjects.map((subject) => (
            <Select
              key={subject}
              label={t(`newsLetters.${subject}`)}
              value={asked.value[subject]}
              onChoose={(choice) => {
                change((before) => ({ ...before, [subject]: choice }));
                say("");
                choose.run({ subject, choice });
              }}
              choices={choices.map((value) => ({ value, label: t(`newsLetters.${value}`) }))}
            />
          ))}
        </div>
      ) : null}
      <Trouble refusal={choose.refusal} />
      <StatusLine>{said}</StatusLine>
    </section>
  );
}
