import * as exchange from '../../../api/exchange.js';
import { h } from '../../../components/dom.js';
import { table } from '../../../components/table.js';
import { account } from '../../../state/account.js';
import { markets } from '../../../state/markets.js';
import { noticeText } from '../../../words/notice.js';
import { openPositionStory } from '../storyDialog.js';
import { timeColumn } from './cells.js';
import { paged } from './paged.js';

/** What happened by itself: looking at it is reading it. */
export function notificationsTab(panel) {
  const view = table('Notifications', [
    timeColumn('Time', (each) => each.time),
    { title: 'What happened', className: 'news', text: (each) => noticeText(each, markets.find(each.data.symbol)), tone: (each) => (each.isRead ? '' : 'unread') },
    {
      title: '',
      className: 'row-actions',
      make: (item) => {
        const button = h('button', { type: 'button', class: 'button tiny', onclick: () => openPositionStory(item().data.positionId) }, 'Why?');
        return { element: button, update: (now) => { button.hidden = !now.data.positionId; } };
      },
    },
  ], { empty: 'Nothing has happened by itself yet: stops, liquidations and the like are told here.', rowKey: (each) => each.id });
  const pages = paged(panel, view, async (cursor) => {
    const page = await exchange.notifications(cursor ?? undefined);
    if (!cursor && page.unread > 0 && page.notifications.length > 0) account.readEverything(page.notifications[0].id);
    return { items: page.notifications, next: page.nextCursor };
  });
  account.events.addEventListener('notification', pages.reload);
  return () => account.events.removeEventListener('notification', pages.reload);
}
