import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { show } from '../../testing/show.test-kit'
import { TryPage } from './try-page'

const option = () => page.getByRole('region', { name: 'Option' })

test('two sample items are answered one option at a time, and judged', async () => {
  await show(<TryPage />)
  await expect.element(option()).toHaveTextContent('Option 1: is this right?A virtual machine')
  await page.getByRole('button', { name: 'No' }).click()
  await expect.element(option()).toHaveTextContent('Option 2: is this right?The image nginx')
  await userEvent.keyboard('y')
  await expect.element(page.getByRole('heading', { name: 'Right', exact: true })).toHaveFocus()
  const options = page.getByRole('list', { name: 'Options' }).getByRole('listitem')
  await expect.element(options.nth(1)).toHaveTextContent('You said yes')
  await expect.element(options.nth(2)).toHaveTextContent('It was not shown')

  await page.getByRole('button', { name: 'Continue' }).click()
  await userEvent.keyboard('n')
  await expect.element(page.getByRole('heading', { name: 'Not right' })).toHaveFocus()
  await expect.element(page.getByText('You said no to a right option.', { exact: false })).toBeVisible()

  await userEvent.keyboard('{ArrowRight}')
  await expect.element(page.getByRole('heading', { name: 'How such an item is scored' })).toHaveFocus()
  await page.getByRole('button', { name: 'Try them again' }).click()
  await expect.element(page.getByRole('heading', { name: 'Sample 1 of 2' })).toBeVisible()
})
