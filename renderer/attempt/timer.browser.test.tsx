import { useState } from 'react'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { HandClock } from '../testing/clock.test-kit'
import { show } from '../testing/show.test-kit'
import { Timer } from './timer'

const MIN = 60_000

function Watched({ left, source }: { readonly left: number; readonly source: object }) {
  const [isShown, setIsShown] = useState(true)
  return (
    <Timer source={source} left={left} shortcut="T" isShown={isShown} onToggle={() => setIsShown(!isShown)} />
  )
}

async function timer(left: number) {
  const clock = new HandClock()
  const screen = await show(<Watched left={left} source={{}} />, { clock })
  return {
    clock,
    /** The host has read its clock again. */
    hear: (now: number) => screen.rerender(<Watched left={now} source={{}} />),
  }
}

const time = () => expect.element(page.getByRole('timer'))
const warning = () => expect.element(page.getByRole('status'))

test('shows whole minutes while there is much time, and seconds at the end', async () => {
  const { clock } = await timer(90 * MIN)
  await time().toHaveTextContent('90 min')
  clock.advance(1)
  await time().toHaveTextContent('90 min')
  clock.advance(84 * MIN)
  await time().toHaveTextContent('6 min')
  clock.advance(MIN)
  await time().toHaveTextContent('5:00')
  clock.advance(1000)
  await time().toHaveTextContent('4:59')
})

test('at the end it says so, and stays there', async () => {
  const { clock } = await timer(2000)
  await time().toHaveTextContent('0:02')
  clock.advance(2000)
  await time().toHaveTextContent('Time is up')
  clock.advance(MIN)
  await time().toHaveTextContent('Time is up')
})

test('a newer reading of the host counts, not the page that went to sleep', async () => {
  const { clock, hear } = await timer(60 * MIN)
  clock.advance(10 * MIN)
  await time().toHaveTextContent('50 min')
  await hear(20 * MIN)
  await time().toHaveTextContent('20 min')
})

test('warns when the time becomes short, for a while', async () => {
  const { clock } = await timer(11 * MIN)
  await warning().toHaveTextContent('')
  clock.advance(MIN)
  await warning().toHaveTextContent('10 minutes left')
  clock.advance(8000)
  await warning().not.toHaveTextContent('10 minutes left')
})

test('the last minute is one minute', async () => {
  const { clock } = await timer(MIN + 1000)
  await time().toHaveTextContent('1:01')
  clock.advance(1000)
  await warning().toHaveTextContent('1 minute left')
})

test('a page that is opened late does not warn of what passed before', async () => {
  await timer(3 * MIN)
  await time().toHaveTextContent('3:00')
  await warning().toHaveTextContent('')
})

test('the time can be hidden and shown, and says so by name', async () => {
  const { clock } = await timer(30 * MIN)
  await page.getByRole('button', { name: 'Time left: 30 min. Hide it' }).click()
  await time().toHaveTextContent('Time')
  clock.advance(25 * MIN)
  await warning().toHaveTextContent('5 minutes left')
  await page.getByRole('button', { name: 'Show the time left' }).click()
  await time().toHaveTextContent('5:00')
})
