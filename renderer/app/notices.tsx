/** Notices from the host, until they are closed. */
import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Notice } from '../../main/api'
import { api } from '../api/connection'
import { Button } from '../components/button'

export function Notices() {
  const [notices, setNotices] = useState<readonly Notice[]>([])
  useEffect(
    () =>
      api.subscribe(
        'notice.watch',
        {},
        {
          onItem: (notice) => setNotices((last) => [...last.filter(({ id }) => id !== notice.id), notice]),
        },
      ),
    [],
  )
  const close = (id: string) => setNotices((last) => last.filter((notice) => notice.id !== id))
  return (
    <div className="notices" role="status" aria-live="polite">
      {notices.map(({ id, level, message, help }) => (
        <div key={id} className="notice" data-level={level}>
          <p>
            {message} {help}
          </p>
          <Button
            small
            weight="quiet"
            aria-label="Close notice"
            icon={<X aria-hidden="true" />}
            onPress={() => close(id)}
          />
        </div>
      ))}
    </div>
  )
}
