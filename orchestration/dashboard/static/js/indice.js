// All entities and plans, each at its current corte.
(function (S) {
  'use strict';
  const h = S.h;
  const filas = S.filas(S.d.planes);
  for (const f of filas) {
    f.porVencer = f.con_seguimiento && f.corte_vigente !== null && f.corte_exigible === null;
    if (f.porVencer) Object.assign(f, { estado: f.semaforo_fisico ? 'por_vencer' : f.estado, semaforo_fisico: null, semaforo_financiero: null });
    f.buscable = S.f.llano([f.entidad, f.entidad_id, f.plan_id, f.nombre].join(' '));
  }
  const codigo = S.homonimos(filas);
  const escrito = (texto) => texto && h('span', { class: 'codigo' }, ` ${texto}`);
  const filtro = { texto: '', color: '', nivel: '', anio: '', tipo: '' };

  const cabe = (f) => (!filtro.texto || filtro.texto.split(/\s+/).every((palabra) => f.buscable.includes(palabra)))
    && (!filtro.color || (f.semaforo_fisico || f.estado) === filtro.color)
    && (!filtro.nivel || f.nivel_gobierno === filtro.nivel)
    && (!filtro.anio || String(f.anio) === filtro.anio)
    && (!filtro.tipo || f.tipo === filtro.tipo);

  const enlace = (f, texto, medida) => h('a', { class: 'cifra', href: `${f.pagina}#porque-${medida}`, title: '¿Por qué?' }, texto, h('span', { class: 'oculto' }, ', ¿por qué?'));
  const banda = (f, ambito) => S.banda(f.metodologia_id, ambito, f[`semaforo_${ambito}`]);

  const tabla = S.tabla({
    titulo: 'Entidades y planes', filas, clase: 'fichas planes',
    columnas: [
      { titulo: 'Entidad y plan', fila: true, orden: (f) => f.entidad, celda: (f) => [
        h('a', { class: 'entidad', href: f.pagina }, f.entidad, escrito(codigo.entidad(f))),
        h('small', {}, f.nombre, escrito(codigo.plan(f)), ` · ${f.corte_vigente ? `a ${S.mes(f.corte_vigente)} ${f.anio}` : f.anio}`)] },
      { titulo: 'Avance físico', clase: 'ancho', orden: (f) => f.avance_fisico_pct, celda: (f) => [
        h('span', { class: 'linea' }, S.senal(f.metodologia_id, 'fisico', f.semaforo_fisico, S.estado(f), true),
          f.avance_fisico_pct !== null && h('strong', {}, enlace(f, S.f.pct(f.avance_fisico_pct), 'fisico'))),
        S.barra(f.avance_fisico_pct, banda(f, 'fisico')),
        f.avance_fisico_pct === null && f.avance_parcial_pct !== null && h('small', {}, 'parcial ', enlace(f, S.f.pct(f.avance_parcial_pct), 'fisico')),
        f.corte_vigente === null && h('small', {}, 'sin metas programadas'),
        S.estado(f) === 'sin_avance' && h('small', {}, 'Los pesos de sus partes suman 0'),
        f.porVencer && h('small', {}, 'Ningún mes exigible todavía')] },
      { titulo: 'Dinero', clase: 'ancho', orden: (f) => f.avance_financiero_pct, celda: (f) => [
        h('span', { class: 'linea' }, f.avance_financiero_pct !== null && !f.porVencer && S.senal(f.metodologia_id, 'financiero', f.semaforo_financiero),
          f.avance_financiero_pct === null ? S.f.NADA : enlace(f, S.f.pct(f.avance_financiero_pct), 'dinero')),
        S.barra(f.avance_financiero_pct, banda(f, 'financiero')),
        h('small', {}, f.ejecutado_financiero === null ? '' : `${S.f.moneda(f.moneda)} ${S.f.dinero(f.ejecutado_financiero)}`)] },
      { titulo: 'Actividades', orden: (f) => f.n_actividades, celda: (f) => [
        h('span', { class: 'linea' }, f.n_actividades === null ? S.f.NADA : enlace(f, `${S.f.entero(f.n_actividades)} AO`, 'actividades')),
        f.n_actividades !== null && f.con_seguimiento && !f.porVencer && S.reparto(f, f.metodologia_id)] },
      { titulo: 'Alertas', clase: 'num', orden: (f) => f.alertas, celda: (f) => [
        h('a', { href: `${f.pagina}#alertas` }, S.f.entero(f.alertas)),
        f.alertas_altas > 0 && h('small', {}, `${S.f.entero(f.alertas_altas)} ${f.alertas_altas === 1 ? 'alta' : 'altas'}`)] },
    ],
  });

  const cuenta = h('p', { class: 'cuenta', role: 'status' });
  const entidades = (unas) => new Set(unas.map((f) => f.entidad_id)).size;
  const contar = (unas) => { cuenta.textContent = `${S.f.cuantos(entidades(unas), 'entidad', 'entidades')}, ${S.f.cuantos(unas.length, 'plan', 'planes')}`; };
  const pon = (campo) => (valor) => {
    filtro[campo] = valor;
    const elegidas = filas.filter(cabe);
    tabla.actualizar(elegidas);
    contar(elegidas);
  };
  const valores = (campo) => [...new Set(filas.map((f) => f[campo]))].sort();
  const colores = [...new Map(S.filas(S.d.bandas).sort((x, y) => x.orden - y.orden)
    .map((b) => [b.color, [b.color, `${b.letra} · ${S.f.mayuscula(b.color)}`]])).values()];
  contar(filas);
  S.vaciar(document.getElementById('planes'),
    h('div', { class: 'filtros' },
      S.buscador('Buscar', 'Entidad, código o plan…', pon('texto')),
      S.selector('Color', [['', 'Todos'], ...colores, ['S.I.', 'S.I.'], ['S.P.', 'S.P.'], ['sin_seguimiento', 'Sin seguimiento'],
        ...(filas.some((f) => f.porVencer) ? [['por_vencer', 'Por vencer']] : [])], '', pon('color')),
      valores('nivel_gobierno').length > 1 && S.selector('Gobierno', [['', 'Todos'], ...valores('nivel_gobierno').map((v) => [v, S.f.mayuscula(v)])], '', pon('nivel')),
      valores('tipo').length > 1 && S.selector('Tipo', [['', 'Todos'], ...valores('tipo').map((v) => [v, v])], '', pon('tipo')),
      valores('anio').length > 1 && S.selector('Año', [['', 'Todos'], ...valores('anio').reverse().map((v) => [v, v])], '', pon('anio'))),
    cuenta, tabla);
})(window.Semaforo);
