import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { show } from '../testing/show.test-kit'
import { Markdown } from './markdown'
import { type LoadPicture, PicturesContext, pictureUrl } from './picture'

const GIF = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'

async function shown(text: string, load: LoadPicture | null) {
  await show(
    <PicturesContext.Provider value={load}>
      <Markdown plain text={text} />
    </PicturesContext.Provider>,
  )
}

test('a picture is asked for by its path, and shown from its data', async () => {
  const asked: string[] = []
  await shown('See ![the network](pictures/net.gif).', async (path) => {
    asked.push(path)
    return pictureUrl({ type: 'image/gif', data: GIF })
  })
  const picture = page.getByRole('img', { name: 'the network' })
  await expect.element(picture).toHaveAttribute('src', `data:image/gif;base64,${GIF}`)
  await expect.poll(() => (picture.element() as HTMLImageElement).naturalWidth).toBe(1)
  expect(asked).toEqual(['pictures/net.gif'])
})

test('where it cannot be shown, its words are', async () => {
  await shown('See ![the network](pictures/net.gif).', () => Promise.reject(new Error('gone')))
  await expect.element(page.getByText('the network')).toBeVisible()
  expect(page.getByRole('img').elements()).toEqual([])
})

test('data that is no picture shows the words', async () => {
  await shown('![the network](pictures/net.gif)', async () => 'data:image/gif;base64,AAAA')
  await expect.element(page.getByText('the network')).toBeVisible()
  await expect.poll(() => page.getByRole('img').elements()).toEqual([])
})

test('a text without pictures of its own never asks an address', async () => {
  await shown('![from afar](https://example.com/a.png) ![](pictures/b.png)', null)
  await expect.element(page.getByText('from afar')).toBeVisible()
  await expect.element(page.getByText('A picture without words cannot be shown.')).toBeVisible()
  expect(document.querySelector('img')).toBeNull()
})
