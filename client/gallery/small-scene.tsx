import { useState } from "react";
import { faces } from "../looks/faces.ts";
import { flags } from "../looks/flags.ts";
import { iconNames } from "../looks/icons.ts";
import { Button, ButtonLink, IconButton } from "../parts/button.tsx";
import { ConfirmDialog, Dialog } from "../parts/dialog.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Face } from "../parts/face.tsx";
import { Checkbox, Radios, Select, Switch, TextArea, TextField } from "../parts/field.tsx";
import { HelpDialog } from "../parts/help-dialog.tsx";
import { Icon } from "../parts/icon.tsx";
import { LinkLine } from "../parts/link-line.tsx";
import { LobbyList } from "../parts/lobby-list.tsx";
import { Menu } from "../parts/menu.tsx";
import { PageFrame } from "../parts/page-frame.tsx";
import { Flag, Place } from "../parts/place.tsx";
import { Queue } from "../parts/queue.tsx";
import { Alert, Refusal, StatusLine } from "../parts/said.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { Tag } from "../parts/tag.tsx";
import { Worklist } from "../parts/worklist.tsx";
import { aino, ana, class6, diogo, eetu, guest, hoa, ines, lefteris, matti, me, mikko, rui, stefan } from "./people.ts";

const nothing = () => undefined;

/** Everything small, and the portal's frame. */
export function SmallScene() {
  const [open, setOpen] = useState<"confirm" | "help" | "plain" | null>(null);
  const [tab, setTab] = useState<"one" | "two">("one");
  const [next, setNext] = useState<"byQueue" | "byChair" | "fair">("byQueue");
  return (
    <PageFrame
      demo
      title="Every small part"
      intro="Buttons, fields, tags and lists in their states."
      acts={
        <>
          <Button look="filled" icon="calendar-plus">
            Book a meeting
          </Button>
          <Button icon="play-fill">Start now</Button>
        </>
      }
      nav={
        <>
          <a href="/gallery">My account</a>
          <Button size="small">Sign out</Button>
        </>
      }
      side={
        <>
          <section className="card gallery-stack">
            <h2>Said</h2>
            <StatusLine>Eetu L. raised a hand.</StatusLine>
            <Alert act={{ label: "Do it again", onPress: nothing }}>
              We lost the connection. We are trying again by ourselves.
            </Alert>
            <Refusal onClose={nothing}>No more hands for now. Ana closed the queue and will open it again.</Refusal>
          </section>
          <section className="card">
            <EmptyState
              icon="calendar-blank"
              title="No meeting yet."
              act={<Button look="filled">Book the first one</Button>}
            />
          </section>
          <section className="card">
            <LobbyList
              knocks={[
                { person: matti, from: "Pupil, Oulu" },
                { person: guest, from: "Kind unknown" },
                { person: hoa, from: "Pupil, a very long name of a school in the mountains" },
              ]}
              onAdmit={nothing}
              onTurnAway={nothing}
              onAdmitAll={nothing}
            />
          </section>
        </>
      }
    >
      <section className="card gallery-stack">
        <h2>Buttons</h2>
        <div className="gallery-row">
          <Button look="filled">Filled</Button>
          <Button>Outlined</Button>
          <Button look="plain">Plain</Button>
          <Button look="danger" icon="snowflake">
            Freeze
          </Button>
          <Button disabled>Disabled</Button>
          <Button size="small" icon="copy">
            Copy
          </Button>
          <ButtonLink href="/gallery" icon="download-simple">
            Download
          </ButtonLink>
          <IconButton icon="x" name="Close" />
          <IconButton icon="question" name="Help" look="outlined" />
          <Menu
            title="Diogo F."
            name="Actions for Diogo F."
            className="button button--icon"
            trigger={<Icon name="dots-three-vertical" />}
            acts={[
              { label: "Give turn", icon: "microphone", onPress: nothing },
              { label: "Mute", icon: "microphone-slash", disabled: true, onPress: nothing },
              { label: "Remove…", name: "Remove", icon: "user-minus", danger: true, onPress: nothing },
            ]}
          />
          <Button onClick={() => setOpen("confirm")}>Ask again</Button>
          <Button onClick={() => setOpen("help")}>Keyboard</Button>
          <Button onClick={() => setOpen("plain")}>Dialog</Button>
        </div>
        <div className="gallery-row">
          <Tag>Plain</Tag>
          <Tag tone="good" icon="check">
            Ready
          </Tag>
          <Tag tone="waiting" icon="clock">
            Waiting
          </Tag>
          <Tag tone="attention" icon="warning">
            Attention
          </Tag>
          <Tag tone="bad" icon="record-fill">
            Recorded
          </Tag>
          <Tag tone="now">now</Tag>
        </div>
      </section>
      <section className="card gallery-stack">
        <h2>Fields</h2>
        <div className="gallery-grid">
          <TextField
            label="Meeting code"
            hint="Your teacher told you, for example blue-otter-42."
            placeholder="blue-otter-42"
          />
          <TextField
            label="E-mail"
            error="This is no e-mail address. Look at the sign in the middle."
            defaultValue="ana.aveiro"
          />
          <Select
            label="Turn length"
            choices={[
              { value: "off", label: "Off" },
              { value: "1", label: "1 minute" },
            ]}
            defaultValue="off"
          />
          <TextField label="School" disabled defaultValue="Escola de Aveiro" hint="From your account." />
          <TextArea label="Text for an invitation" defaultValue="“What lives in our river?”, 12 March at 10:00." />
          <Radios
            label="How the floor goes on"
            name="next"
            value={next}
            onChoose={setNext}
            choices={[
              { value: "byQueue", label: "by queue", hint: "The first hand in the queue gets the floor" },
              { value: "byChair", label: "by the chair" },
              { value: "fair", label: "fairly" },
            ]}
          />
          <div>
            <Switch label="Recorded" hint="Everybody is told before they join." defaultChecked />
            <Switch label="Lobby" />
            <Checkbox label="Only teachers" defaultChecked />
            <Checkbox label="Not now" disabled />
          </div>
          <div>
            <strong>Link for Pupils, Aveiro</strong>
            <LinkLine
              name="Copy the link for Pupils, Aveiro"
              label="Link for Pupils, Aveiro"
              address="https://twinlight.example/m/blue-otter-42#k=abcdef"
            />
          </div>
        </div>
      </section>
      <section className="gallery-stack">
        <h2>Queue</h2>
        <Queue
          lit
          hands={[eetu, me(ines), lefteris, stefan, hoa, class6, rui].map((person, i) => ({
            place: i + 1,
            person,
            comingBack: i === 3,
          }))}
          acts={{ onMove: nothing }}
        />
        <Queue lit={false} hands={[]} />
      </section>
      <section className="card">
        <Tabs
          name="Lists"
          chosen={tab}
          onChoose={setTab}
          tabs={[
            { key: "one", label: "People", panel: <p>Eight here.</p> },
            { key: "two", label: "Chat", count: 3, panel: <p>Three new.</p> },
          ]}
        />
      </section>
      <Worklist
        name="People"
        rows={[ana, mikko, lefteris, stefan]}
        keyOf={(person) => person.id}
        waits={(person) => person.id === ana.id}
        columns={[
          { head: "Name", cell: (person) => <a href="/gallery">{person.name}</a>, names: true },
          { head: "School", cell: (person) => <Place country={person.country}>{person.school ?? ""}</Place> },
          { head: "State", cell: () => <Tag tone="good">active</Tag> },
          { head: "Meetings", cell: (person) => person.name.length, number: true },
          { head: "What to do", quiet: true, cell: () => <Button size="small">Reset password</Button> },
        ]}
      />
      <section className="card gallery-stack">
        <h2>Pictures</h2>
        <div className="gallery-row">
          {[aino, eetu, ines, class6, rui, ana, diogo, mikko, matti, guest, lefteris].map((person) => (
            <Face key={person.id} person={person} size="large" />
          ))}
          <span>{faces.length} faces</span>
        </div>
        <div className="gallery-row">
          {Object.keys(flags).map((code) => (
            <Flag key={code} country={code} />
          ))}
          <Flag country="LI" />
        </div>
        <div className="gallery-row gallery-icons">
          {iconNames.map((name) => (
            <Icon key={name} name={name} />
          ))}
        </div>
      </section>
      {open === "confirm" ? (
        <ConfirmDialog
          title="End the meeting for all?"
          confirm="End meeting"
          onConfirm={nothing}
          onClose={() => setOpen(null)}
        >
          <p>Everybody leaves. The replay, if it is recorded, is there at once.</p>
        </ConfirmDialog>
      ) : null}
      {open === "help" ? <HelpDialog chair onClose={() => setOpen(null)} /> : null}
      {open === "plain" ? (
        <Dialog title="A dialog" onClose={() => setOpen(null)}>
          <p>With a sentence.</p>
        </Dialog>
      ) : null}
    </PageFrame>
  );
}
