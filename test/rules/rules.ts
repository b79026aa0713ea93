/** The rules of the domain, by number. A test that proves one names it in its title. */
export const rules: readonly {
  readonly section: string;
  readonly prefix: string;
  /** Sentence by number. */
  readonly sentences: Readonly<Record<number, string>>;
}[] = [
  {
    section: 'Contacts',
    prefix: 'CON',
    sentences: {
      1: 'The first message of an identity nobody owns makes claim, contact and conversation; contacts are made by hand, too.',
      2: 'An identity has one live owner, and a message delivered again is the same message, whoever delivers it when.',
      3: 'The display name is the best that is known; the hint is a masked form of it, which deletion asks for.',
      4: 'Notes on a contact are written, edited and removed; each keeps author, time and history.',
      5: 'Contacts are merged after a preview, with a chosen winner per conflict, and the merge can be undone.',
      6: 'A blocked contact reaches nobody and is reached by nobody; of its messages only time and identity are kept.',
      7: 'Groups are conditions over contacts; membership follows values and conditions.',
    },
  },
  {
    section: 'Attributes',
    prefix: 'ATT',
    sentences: {
      1: 'Platform attributes are filled by the channel and changed by nobody else; custom ones are made by admins; two are standard.',
      2: 'Values fit their format or are refused with the reason; text-like ones can be repeatable.',
      3: 'Admins show, hide and order attributes; hidden ones go on being written by the system.',
      4: 'Every value has source, actor, time and history; the value that is there records nothing.',
      5: 'A lookup attribute asks the CRM; only custom attributes can be managed by it.',
      6: 'VIPs are a group and rank higher; switched off, flags are kept and have no effect.',
      7: 'A value whose retention is over is cleared and made unreadable; a dry run lists what would go.',
    },
  },
  {
    section: 'Linking across channels',
    prefix: 'LNK',
    sentences: {
      1: 'X and Instagram contacts are matched by medium, id scope and user id, always.',
      2: 'Equal normalised values of the matching attribute link contacts, which stay separate.',
      3: 'Another matching attribute re-links all contacts in the background, and all links switch at once.',
      4: 'Agents dissolve a wrong pair for good, and link a pair by hand.',
      5: 'A linked history shows only what the agent has access to.',
      6: 'Empty, masked and placeholder values never match; a value of more than 50 contacts suspends its link.',
    },
  },
  {
    section: 'Conversations',
    prefix: 'CNV',
    sentences: {
      1: 'A contact has at most one open conversation, across all its channels.',
      2: 'A conversation is opened by a message, a user, an automation or a welcome event, and records by what.',
      3: 'New, pending, snoozed, closed: who waits for an answer, and what ends the waiting.',
      4: 'Messages are known by their ids, shown in one order, and never go to a closed conversation.',
      5: 'What becomes of an outgoing message is recorded; outside the reply window free text is refused.',
      6: 'Internal notes mention agents and are never sent out.',
      7: 'Topics are set and removed on conversations.',
      8: 'A conversation is closed by one of several causes, which is recorded, and only once.',
      9: 'Closing notes follow the mode the admin chose, and are all that still changes.',
      10: 'A closed conversation leaves the queue and stays findable; the next message opens the next one.',
    },
  },
  {
    section: 'Assignment, access and queue',
    prefix: 'ASG',
    sentences: {
      1: 'Who replies to an unassigned conversation is assigned to it, in the same append.',
      2: 'Assigned is by hand and by rule, to agents and teams, never to somebody without access.',
      3: 'Who is offline loses what somebody waits for, within two minutes, and nothing else.',
      4: 'The assignment is kept after closing; with none open it belongs to the contact.',
      5: 'Online, away, offline; heartbeats are no events; a limit of open conversations binds routing.',
      6: 'Who lacks access neither sees nor touches what lives only on other channels.',
      7: 'Routing rules in order, the first match wins; limits hold under concurrency.',
      8: 'VIPs can be routed to a team of their own.',
      9: 'Priority is a sum of scores, then waiting, then id: a total order that can be explained.',
      10: 'The queue has views, filters, exact counters, stable pages, live updates and bulk actions.',
      11: 'Business hours are calendars in a time zone; facts use the calendar in force at their time.',
    },
  },
  {
    section: 'Saved replies',
    prefix: 'REP',
    sentences: {
      1: 'Collections are personal or shared, and offered by channel and team.',
      2: 'Variables are strict: unknown ones are refused when saving, those without a value when sending.',
      3: 'Found by shortcut, title and text, most used first; use is recorded on the message.',
    },
  },
  {
    section: 'Deletion',
    prefix: 'DEL',
    sentences: {
      1: 'Only an admin deletes, and repeats the hint; wrong hints are recorded and limited.',
      2: 'One registry names every place where something of a contact can be.',
      3: "Personal data in events is encrypted under its subject's key, which deletion destroys.",
      4: 'The audit entry is born with the request; a chain of hashes runs over every entry.',
      5: 'Who writes again is a new person; a late redelivery of an old message leaves nothing.',
      6: 'A deletion survives crashes at every step, ends complete, and nothing comes back.',
      7: 'Contacts are deleted in bulk, by condition and by retention rule, with a preview and as a job.',
      8: 'Single messages, notes and values can be made unreadable for ever; their neighbours stay.',
    },
  },
  {
    section: 'History',
    prefix: 'HIS',
    sentences: {
      1: 'A readable timeline says who did what, when and why.',
      2: 'Contacts and conversations can be seen as they were at a position or a time.',
      3: 'Events are replayed as lines of JSON, filtered, resumable, backwards and live.',
      4: 'Read models are rebuilt beside the live ones and switched at once.',
      5: 'A query with a position waits until its model is there.',
      6: 'Metrics are sums over facts of conversations, which stay without a name when the contact is erased.',
      8: 'Reading personal data records who, what and why.',
      9: 'A dossier holds everything that is kept about a person.',
    },
  },
];

/** Rules that no test names yet, in their order. */
export const notBuilt: readonly string[] = [];
