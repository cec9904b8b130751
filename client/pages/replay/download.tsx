import { useState } from "react";
import { createPortal } from "react-dom";
import type { ReplayFilm } from "../../../protocol/http/replays.ts";
import { filmOf, isRefused, makeFilm, type Refusal, savedFileOf } from "../../api.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import type { Story, WholeReplay } from "../../views/replay.ts";
import { clockLength, sizeInWords } from "../../words/formats.ts";
import { t } from "../../words/words.ts";

/** The button "Download" with how far the film is, and behind it the film and the shared screens. */
export function Download({
  replay,
  film,
  story,
  onFilm,
  onRefused,
}: {
  replay: WholeReplay;
  film: ReplayFilm;
  story: Story;
  onFilm: (film: ReplayFilm) => void;
  onRefused: (refusal: Refusal) => void;
}) {
  const [open, setOpen] = useState(false);
  const label = film.state === "working" ? t("replay.downloadAt", { percent: film.percent }) : t("replay.download");
  const screens = replay.files.filter(({ kind, state }) => kind === "screen" && state !== "writing");
  const make = async () => {
    const answer = await makeFilm(replay.code);
    if (isRefused(answer)) onRefused(answer);
    else onFilm(answer.value);
  };
  return (
    <>
      <Button icon="download-simple" onClick={() => setOpen(true)}>
        {label}
      </Button>
      {open
        ? createPortal(
            <Dialog title={t("replay.download")} onClose={() => setOpen(false)}>
              <div className="replay-download">
                <h3>{t("replay.film")}</h3>
                <p className="soft">{t("replay.filmHint")}</p>
                <Film code={replay.code} film={film} running={replay.phase !== "ended"} onMake={() => void make()} />
                {screens.length === 0 ? null : (
                  <>
                    <h3>{t("replay.screens")}</h3>
                    <p className="soft">{t("replay.screensHint")}</p>
                    <ul>
                      {screens.map(({ id, seat, startMs, bytes }) => (
                        <li key={id}>
                          <ButtonLink icon="screencast" size="small" href={savedFileOf(replay.code, id)} download>
                            {t("replay.screenSave", {
                              name: story.personOf(seat).name,
                              time: clockLength(startMs),
                              size: sizeInWords(bytes),
                            })}
                          </ButtonLink>
                        </li>
                      ))}
                    </ul>
                  </>
                )}
                <p className="small">{t("replay.downloadCare")}</p>
              </div>
            </Dialog>,
            document.body,
          )
        : null}
    </>
  );
}

function Film({
  code,
  film,
  running,
  onMake,
}: {
  code: string;
  film: ReplayFilm;
  running: boolean;
  onMake: () => void;
}) {
  if (running) return <p role="status">{t("replay.filmRunning")}</p>;
  switch (film.state) {
    case "ready":
      return (
        <p>
          <ButtonLink look="filled" icon="film-strip" href={filmOf(code)} download>
            {t("replay.filmSave", { size: sizeInWords(film.bytes ?? 0) })}
          </ButtonLink>
        </p>
      );
    case "queued":
      return <p role="status">{t("replay.filmQueued")}</p>;
    case "working":
      return <p role="status">{t("replay.filmWorking", { percent: film.percent })}</p>;
    case "failed":
    case "none":
      return (
        <>
          {film.state === "failed" ? <p role="status">{t("replay.filmFailed")}</p> : null}
          <p>
            <Button look="filled" icon="film-strip" onClick={onMake}>
              {t("replay.filmMake")}
            </Button>
          </p>
        </>
      );
  }
}
