/** What the page does better with JavaScript, and needs nowhere: a second tap waits for the first, and a slow answer says that it is on its way. */
export const SCRIPT = `addEventListener('submit',e=>{const f=e.target,b=f.querySelector('button');if(b.hasAttribute('aria-disabled'))return e.preventDefault();b.setAttribute('aria-disabled','true');const s=document.querySelector('.busy');s.textContent=s.dataset.text});
addEventListener('pageshow',()=>{for(const b of document.querySelectorAll('button'))b.removeAttribute('aria-disabled');document.querySelector('.busy').textContent=''})`;
