import type { ReactNode } from "react";
import type {
  FrozenPage,
  FrozenPiece,
  FrozenShown,
  ShownFile,
  ShownFrozenEntry,
} from "../../../protocol/qualityLabels/frozen.ts";
import { emptyBody } from "../../../protocol/reports/entries.ts";
import { Icon } from "../../parts/icon.tsx";
import { Flag, Place } from "../../parts/place.tsx";
import { Tag } from "../../parts/tag.tsx";
import { personName } from "../../views/people-of-space.ts";
import { kindIcons } from "../../views/report-entry.ts";
import { dayInWords, daysInWords } from "../../words/days.ts";
import { clockLength, countryName, listOf } from "../../words/formats.ts";
import { t } from "../../words/words.ts";
import { EntryMeeting } from "../reports/entry-meeting.tsx";
import { EntryWords } from "../reports/entry-words.tsx";
import "../reports/reports.css";
import "./frozen-copy.css";

/** What was written and is shown for one criterion, as it was when it was sent. */
export function CriterionEvidence({
  copy,
  answer,
}: {
  copy: FrozenShown;
  answer: FrozenShown["answers"][number] | undefined;
}) {
  const { text = "", pieces = [] } = answer ?? {};
  return (
    <div className="frozen">
      {text.trim() === "" ? (
        <p className="soft">{t("labelCopy.noText")}</p>
      ) : (
        <p className="frozen__answer" dir="auto">
          {text}
        </p>
      )}
      {pieces.length === 0 ? (
        <p className="soft">{t("labelCopy.nothing")}</p>
      ) : (
        <ul className="frozen__pieces" aria-label={t("labelCopy.pieces")}>
          {pieces.map((piece) => (
            <li key={keyOf(piece)}>
              <Piece copy={copy} piece={piece} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function keyOf(piece: FrozenPiece): string {
  switch (piece.of) {
    case "entry":
      return `entry ${piece.entry}`;
    case "page":
      return `page ${piece.page}`;
    case "file":
      return `file ${piece.file}`;
    case "moment":
      return `moment ${piece.moment.meeting} ${piece.moment.atMs}`;
    case "link":
      return `link ${piece.entry} ${piece.link}`;
  }
}

function Piece({ copy, piece }: { copy: FrozenShown; piece: FrozenPiece }) {
  switch (piece.of) {
    case "entry": {
      const entry = copy.entries.find(({ id }) => id === piece.entry);
      return entry === undefined ? null : <CopiedEntry entry={entry} copy={copy} />;
    }
    case "page": {
      const page = copy.pages.find(({ id }) => id === piece.page);
      return page === undefined ? null : <CopiedPage page={page} copy={copy} />;
    }
    case "file":
      return <CopiedFile copy={copy} file={piece.file} />;
    case "moment": {
      const { title, day, atMs, words, counts } = piece.moment;
      return (
        <Folded icon="play-fill" title={title} about={dayInWords(day)}>
          <p className="soft small">{t("labelCopy.moment", { at: clockLength(atMs) })}</p>
          {words === "" ? null : (
            <p className="frozen__answer" dir="auto">
              {words}
            </p>
          )}
          {counts === null ? null : <EntryMeeting meeting={{ counts, replay: null }} schools={copy.project.schools} />}
        </Folded>
      );
    }
    case "link":
      return (
        <p className="frozen__link">
          <Icon name="link-simple" />
          <a href={piece.link} rel="noopener noreferrer nofollow" dir="auto">
            {piece.words.trim() || piece.link}
          </a>
        </p>
      );
  }
}

function Folded({
  icon,
  title,
  about,
  children,
}: {
  icon: Parameters<typeof Icon>[0]["name"];
  title: string;
  about: ReactNode;
  children: ReactNode;
}) {
  return (
    <details className="frozen__folded" open>
      <summary>
        <Icon name={icon} />
        <span>
          <strong dir="auto">{title}</strong> <span className="soft small">{about}</span>
        </span>
        <Icon name="caret-down" className="frozen__caret" />
      </summary>
      <div className="frozen__inside">{children}</div>
    </details>
  );
}

function CopiedEntry({ entry, copy }: { entry: ShownFrozenEntry; copy: FrozenShown }) {
  const { kind, day, author, body, plan, meeting } = entry;
  const whole = {
    ...emptyBody,
    ...body,
    criteria: [],
    plan: plan.map(({ amount }, index) => ({ item: `${index}`, amount })),
  };
  const who =
    author === null
      ? null
      : author.school === null
        ? personName(author)
        : t("labelCopy.by", { name: personName(author), school: author.school.name });
  return (
    <Folded
      icon={kindIcons[kind]}
      title={body.title.trim() || meeting?.title || t("reports.untitled")}
      about={[dayInWords(day), ...(who === null ? [] : [who])].join(" · ")}
    >
      <p>
        <Tag icon={kindIcons[kind]}>{t(`reports.kind.${kind}`)}</Tag>
      </p>
      {meeting === null ? null : (
        <EntryMeeting meeting={{ counts: meeting.counts, replay: null }} schools={copy.project.schools} />
      )}
      <EntryWords
        entry={{ body: whole, calendarItem: null }}
        schools={copy.project.schools}
        plan={plan.map(({ words }, index) => ({ id: `${index}`, words }))}
      />
    </Folded>
  );
}

function CopiedPage({ page, copy }: { page: FrozenPage; copy: FrozenShown }) {
  return (
    <Folded icon="file-text" title={page.title} about={t("labelCopy.page")}>
      {page.parts.map((part, index) =>
        part.of === "text" ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the copy never changes
          <p key={index} className="frozen__answer" dir="auto">
            {part.words}
          </p>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the copy never changes
          <CopiedFile key={index} copy={copy} file={part.file} />
        ),
      )}
    </Folded>
  );
}

/** A copied file while it may be shown; otherwise why it is not, and whom to ask. Never which child. */
function CopiedFile({ copy, file: key }: { copy: FrozenShown; file: string }) {
  const file = copy.files.find((one) => one.key === key);
  if (file === undefined) return null;
  if (file.state !== "shown" || file.path === null) {
    return (
      <p className="frozen__held">
        <Icon name="eye-slash" />
        <span>{whyNot(file)}</span>
      </p>
    );
  }
  const { caption, credit } = file;
  return (
    <figure className="frozen__file">
      <Look file={file} path={file.path} />
      {caption === "" && credit === "" ? null : (
        <figcaption className="soft small" dir="auto">
          {[caption, credit].filter((one) => one !== "").join(" · ")}
        </figcaption>
      )}
    </figure>
  );
}

function whyNot({ state, schools }: ShownFile): string {
  if (state === "erased") return t("labelCopy.erased");
  return schools.length === 0 ? t("labelCopy.keptBackNobody") : t("labelCopy.keptBack", { schools: listOf(schools) });
}

function Look({ file: { kind, name, alt, sizes }, path }: { file: ShownFile; path: string }) {
  if (kind === "image") {
    const size = sizes.includes(1280) ? 1280 : sizes.includes(320) ? 320 : undefined;
    return (
      <a href={path} aria-label={t("labelCopy.larger", { name: alt || name })}>
        <img
          src={size === undefined ? path : `${path}?size=${size}`}
          alt={alt || name}
          loading="lazy"
          decoding="async"
        />
      </a>
    );
  }
  // What was said in it is not written down: it comes from the TwinSpace as it is.
  // biome-ignore lint/a11y/useMediaCaption: there are no captions of a school's own film
  if (kind === "video") return <video src={path} controls preload="none" aria-label={name} />;
  // biome-ignore lint/a11y/useMediaCaption: as above
  if (kind === "sound") return <audio src={path} controls preload="none" aria-label={name} />;
  return (
    <span className="frozen__link">
      <Icon name="file" />
      <a href={path} download>
        <bdi>{name}</bdi>
      </a>
    </span>
  );
}

const gate = ["plan", "finished", "contributed", "together", "protected"] as const;

/** What the project set out to do, as it was registered, and what the applicant has confirmed. */
export function CopyFacts({ copy }: { copy: FrozenShown }) {
  const { project } = copy;
  return (
    <details className="frozen__folded frozen__folded--facts">
      <summary>
        <Icon name="info" />
        <strong>{t("labelDesk.aboutProject")}</strong>
        <Icon name="caret-down" className="frozen__caret" />
      </summary>
      <div className="frozen__inside">
        <dl className="facts">
          <Said name={t("publicProject.schools")}>
            <ul>
              {project.schools.map(({ id, name, town, country }) => (
                <li key={id}>
                  <Place country={country}>{[name, town, countryName(country)].filter(Boolean).join(", ")}</Place>
                </li>
              ))}
            </ul>
          </Said>
          {project.pupils === null ? null : <Said name={t("labelDesk.pupils")}>{project.pupils}</Said>}
          {project.startDay === null ? null : (
            <Said name={t("labelDesk.days")}>
              {project.endDay === null ? dayInWords(project.startDay) : daysInWords(project.startDay, project.endDay)}
            </Said>
          )}
          <Said name={t("labelDesk.aims")}>{project.aims}</Said>
          <Said name={t("labelDesk.workProcess")}>{project.workProcess}</Said>
          <Said name={t("labelDesk.expectedResults")}>{project.expectedResults}</Said>
          <Said name={t("labelDesk.gate")}>
            <ul className="frozen__gate">
              {gate.map((question) => (
                <li key={question}>
                  <Icon name={copy.gate[question] ? "check-circle" : "minus"} />
                  {t(`labelDesk.gate.${question}`)}
                </li>
              ))}
            </ul>
          </Said>
        </dl>
      </div>
    </details>
  );
}

function Said({ name, children }: { name: string; children: ReactNode }) {
  if (children === "" || children === null) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd className="frozen__fact" dir="auto">
        {children}
      </dd>
    </div>
  );
}

/** Who applies, and for which school. */
export function CopyApplicant({ copy }: { copy: FrozenShown }) {
  const { name, school } = copy.applicant;
  return (
    <span className="frozen__who">
      <Flag country={school.country} named />
      <bdi>{t("labelDesk.for", { applicant: name || t("labelDesk.somebodyGone"), school: school.name })}</bdi>
    </span>
  );
}
