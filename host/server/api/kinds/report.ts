import {bool, instant, number, orAbsent, text, time, uuid, type Kind, type View} from '../kind.ts';
import type {Statement} from '../statement.ts';
import {userMention} from './user.ts';

/** Reports of errors and feedback, the newest first: all for administrators, others see their own. */
export const reports: Kind = {
  name: 'report',
  source: (view, statement) => ({
    from: 'reports r left join users w on w.id = r.reporter_id left join users a on a.id = r.assignee_id',
    where: ownReports(view, statement),
  }),
  columns: `r.id::text, to_jsonb(r) as report, w.id::text as reporter_id, w.login as reporter_login,
    w.friendly_name as reporter_name, a.id::text as assignee_id, a.login as assignee_login,
    a.friendly_name as assignee_name`,
  id: 'r.id',
  order: 'r.created_on desc nulls last',
  fields: {
    'id': uuid('r.id'), 'number': number('r.number'), 'type': text('r.type'), 'isresolved': bool('r.is_resolved'),
    'isauto': bool('r.is_auto'), 'createdon': time('r.created_on'), 'description': text('r.description'),
    'reporter.id': uuid('r.reporter_id'), 'reporter.login': text('w.login'), 'assignee.id': uuid('r.assignee_id'),
  },
  words: ['r.description', 'r.error_message'],
  entities: (rows) => rows.map(({report, ...row}) => ({
    '#type': 'UserReport', 'id': report.id, 'number': orAbsent(report.number), 'type': orAbsent(report.type),
    'isResolved': report.is_resolved ?? false, 'isAuto': report.is_auto ?? false,
    'jiraTicket': orAbsent(report.jira_ticket), 'createdOn': instant(report.created_on),
    'labels': report.labels ?? [], 'description': orAbsent(report.description),
    'errorMessage': orAbsent(report.error_message), 'errorStackTrace': orAbsent(report.error_stack_trace),
    'reporter': userMention(row.reporter_id, row.reporter_login, row.reporter_name),
    'assignee': userMention(row.assignee_id, row.assignee_login, row.assignee_name),
  })),
};

const ownReports = ({caller}: View, statement: Statement): string[] =>
  caller.isAdmin ? [] : [`r.reporter_id = ${statement.bind(caller.userId)}::uuid`];
