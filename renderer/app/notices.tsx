/** Notices from the host and of the page itself. Each stays until the user closes it. */
import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Notice } from '../../main/api'
import { useClient } from '../api'
import { IconButton } from '../components'

export function Notices() {
  const api = useClient()
  const [notices, setNotices] = useState<readonly Notice[]>([])
  useEffect(() => {
    const onItem = (notice: Notice) =>
      setNotices((last) => [...last.filter(({ id }) => id !== notice.id), notice])
    const stops = [api.notices.on(onItem), api.subscribe('notice.watch', {}, { onItem })]
    return () => {
      for (const stop of stops) stop()
    }
  }, [api])
  const close = (id: string) => setNotices((last) => last.filter((notice) => notice.id !== id))
  return (
    <div className="notices" role="status" aria-live="polite">
      {notices.map(({ id, level, message, help }) => (
        <div key={id} className="notice" data-level={level}>
          <p>
            {message} {help}
          </p>
          <IconButton icon={X} label="Close notice" onPress={() => close(id)} />
        </div>
      ))}
    </div>
  )
}
