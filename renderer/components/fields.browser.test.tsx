import { useState } from 'react'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { NumberField } from './number-field'
import { Segments } from './segments'

function Size({ reported, step }: { readonly reported: number[]; readonly step?: number }) {
  const [value, setValue] = useState(13)
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label>
      Size
      <NumberField
        min={8}
        max={32}
        {...(step !== undefined && { step })}
        value={value}
        onChange={(now) => {
          reported.push(now)
          setValue(now)
        }}
      />
    </label>
  )
}

const size = () => page.getByRole('spinbutton', { name: 'Size' })

async function sizeField(step?: number): Promise<number[]> {
  const reported: number[] = []
  await render(<Size reported={reported} {...(step !== undefined && { step })} />)
  return reported
}

test('a valid number is reported', async () => {
  const reported = await sizeField()
  await size().fill('20')
  expect(reported).toEqual([20])
  await expect.element(size()).toHaveValue(20)
})

test('the limits are valid numbers', async () => {
  const reported = await sizeField()
  await size().fill('8')
  await size().fill('32')
  expect(reported).toEqual([8, 32])
})

test.each(['7', '33', '', '12.5', '-9'])('"%s" is not reported, and is marked as invalid', async (text) => {
  const reported = await sizeField()
  await size().fill(text)
  await expect.element(size()).toHaveAttribute('aria-invalid', 'true')
  expect(reported).toEqual([])
})

test('a number can be typed through an invalid one: 1 on the way to 12', async () => {
  const reported = await sizeField()
  await size().fill('')
  await userEvent.type(size(), '12')
  await expect.element(size()).toHaveValue(12)
  await expect.element(size()).not.toHaveAttribute('aria-invalid')
  expect(reported).toEqual([12])
})

test('a field that is left with an invalid number shows the valid one again', async () => {
  await sizeField()
  await size().fill('99')
  await userEvent.keyboard('{Tab}')
  await expect.element(size()).toHaveValue(13)
  await expect.element(size()).not.toHaveAttribute('aria-invalid')
})

test('the limits are said, and why a number is refused, also after the field was left', async () => {
  await sizeField(4)
  await expect.element(size()).toHaveAccessibleDescription('8 to 32, in steps of 4')
  await expect.element(page.getByRole('status')).toBeEmptyDOMElement()
  await size().fill('400')
  await expect.element(page.getByRole('status')).toHaveTextContent('400 is not possible here: 8 to 32')
  await userEvent.keyboard('{Tab}')
  await expect.element(page.getByRole('status')).toHaveTextContent('It stays 13.')
  await size().fill('12')
  await expect.element(page.getByRole('status')).toBeEmptyDOMElement()
})

test('an empty field asks for a number', async () => {
  await sizeField()
  await size().fill('')
  await expect.element(page.getByRole('status')).toHaveTextContent('Type a whole number: 8 to 32.')
})

test('arrow keys go by the step', async () => {
  const reported = await sizeField(4)
  await size().click()
  await userEvent.keyboard('{ArrowUp}')
  expect(reported).toEqual([16])
})

type Length = 'short' | 'long'

function LengthChoice({ reported }: { readonly reported: Length[] }) {
  const [value, setValue] = useState<Length>('short')
  return (
    <Segments
      label="Length"
      value={value}
      onChange={(now) => {
        reported.push(now)
        setValue(now)
      }}
      segments={[
        { id: 'short', label: 'Short', detail: '5 min' },
        { id: 'long', label: 'Long' },
      ]}
    />
  )
}

test('segments are radio buttons with a name, and a click chooses one', async () => {
  const reported: Length[] = []
  await render(<LengthChoice reported={reported} />)
  await expect.element(page.getByRole('radiogroup', { name: 'Length' })).toBeVisible()
  await expect.element(page.getByRole('radio', { name: /Short.*5 min/ })).toBeChecked()
  await page.getByText('Long').click()
  await expect.element(page.getByRole('radio', { name: 'Long' })).toBeChecked()
  expect(reported).toEqual(['long'])
})

test('segments are one stop of the Tab key, and arrow keys choose', async () => {
  const reported: Length[] = []
  await render(<LengthChoice reported={reported} />)
  await userEvent.keyboard('{Tab}{ArrowRight}')
  await expect.element(page.getByRole('radio', { name: 'Long' })).toBeChecked()
  await userEvent.keyboard('{ArrowRight}')
  expect(reported).toEqual(['long', 'short'])
})
