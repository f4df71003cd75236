// Published figures beside ours.
(function (S) {
  'use strict';
  const h = S.h;
  const d = S.d;
  const RESULTADOS = {
    coincide: ['✓', 'Coincide'], difiere_explicado: ['≈', 'Difiere, explicado'],
    difiere: ['✗', 'Difiere'], no_calculable: ['∅', 'No calculable'],
  };
  const planes = S.por(S.filas(d.planes), (p) => `${p.entidad_id} ${p.plan_id}`);
  const entidades = S.por(S.filas(d.planes), 'entidad_id');
  const filas = S.filas(d.valores);
  for (const f of filas) {
    f.documento = d.textos[f.documento];
    f.nota = d.textos[f.nota];
    f.buscable = S.f.llano([f.elemento_id, f.medida, f.nivel, f.nota || ''].join(' '));
  }
  const marca = (r) => h('span', { class: `resultado resultado-${r}` }, h('b', { 'aria-hidden': 'true' }, RESULTADOS[r][0]), ' ', RESULTADOS[r][1]);
  const tolerancias = S.filas(d.tolerancias);
  const filtro = { texto: '', resultado: '', documento: '' };

  function pregunta(f) {
    const plan = planes.get(`${f.entidad_id} ${f.plan_id}`);
    const dadas = tolerancias.filter((t) => t.documento === f.documento && t.nivel === f.nivel && t.medida === f.medida);
    return () => ({
      antetitulo: `${f.nivel} ${f.elemento_id} · a ${S.mes(f.mes_corte)}`, titulo: S.f.mayuscula(S.f.palabras(f.medida)),
      cifra: marca(f.resultado),
      regla: [`Coincide si lo calculado, redondeado a ${S.f.cuantos(f.decimales, 'decimal', 'decimales')}, es lo que imprime el documento.`,
        ...dadas.map((t) => `Se tolera hasta ${S.f.cantidad(t.tolerancia)}: ${t.motivo}`)],
      cuerpo: [S.datos([
        ['Publicado', S.f.cantidad(f.valor_publicado)], ['Calculado', S.f.cantidad(f.valor_calculado)],
        ['Diferencia', S.f.cantidad(f.diferencia)], f.nota && ['Por qué', f.nota], ['Documento', f.documento],
        plan && ['Plan', h('a', { href: plan.pagina }, `${plan.entidad}, ${plan.nombre}`)],
      ])],
    });
  }

  const cuentas = [...S.grupos(S.filas(d.documentos), 'documento')].map(([documento, unas]) => ({
    documento, entidad: (entidades.get(unas[0].entidad_id) || {}).entidad, por: S.grupos(unas, 'resultado'),
  }));
  const cuantos = (f, r) => (f.por.get(r) || []).map((u) => S.f.entero(u.valores)).join(' + ') || S.f.NADA;
  S.vaciar(document.getElementById('documentos'), S.tabla({
    titulo: 'Por documento', filas: cuentas, clase: 'fichas', vacio: 'Ninguna cifra publicada se cargó.',
    columnas: [
      { titulo: 'Documento', fila: true, celda: (f) => [f.documento, h('small', {}, f.entidad)] },
      ...Object.keys(RESULTADOS).map((r) => ({ titulo: RESULTADOS[r][1], clase: 'num', celda: (f) => cuantos(f, r) })),
    ],
  }));

  const tabla = S.tabla({
    titulo: 'Cifra por cifra', filas, clase: 'fichas',
    columnas: [
      { titulo: 'Cifra', fila: true, celda: (f) => [h('span', { class: 'codigo' }, f.nivel, ' ', f.elemento_id), ' ', S.f.palabras(f.medida), h('small', {}, `a ${S.mes(f.mes_corte)}`)] },
      { titulo: 'Resultado', celda: (f) => marca(f.resultado) },
      { titulo: 'Publicado', clase: 'num', orden: (f) => f.valor_publicado, celda: (f) => S.f.cantidad(f.valor_publicado) },
      { titulo: 'Calculado', clase: 'num', orden: (f) => f.valor_calculado, celda: (f) => S.cifra(S.f.cantidad(f.valor_calculado), pregunta(f)) },
      { titulo: 'Diferencia', clase: 'num', orden: (f) => f.diferencia, celda: (f) => S.f.cantidad(f.diferencia) },
      { titulo: 'Por qué', clase: 'nota-larga', celda: (f) => f.nota || '' },
    ],
  });
  const cuenta = h('p', { class: 'cuenta', role: 'status' });
  const dibujar = () => {
    const elegidas = filas.filter((f) => (!filtro.resultado || f.resultado === filtro.resultado)
      && (!filtro.documento || f.documento === filtro.documento)
      && (!filtro.texto || filtro.texto.split(/\s+/).every((palabra) => f.buscable.includes(palabra))));
    cuenta.textContent = `${S.f.entero(elegidas.length)} de ${S.f.entero(filas.length)} cifras`;
    tabla.actualizar(elegidas);
  };
  const pon = (campo) => (valor) => { filtro[campo] = valor; dibujar(); };
  S.vaciar(document.getElementById('valores'), filas.length === 0
    ? h('p', { class: 'nota' }, 'Este almacén no tiene valores publicados con que comparar.') : [
    h('div', { class: 'filtros' },
      S.buscador('Buscar', 'Elemento, medida, nota…', pon('texto')),
      S.selector('Resultado', [['', 'Todos'], ...Object.entries(RESULTADOS).map(([r, [, texto]]) => [r, texto])], '', pon('resultado')),
      S.selector('Documento', [['', 'Todos'], ...cuentas.map((c) => [c.documento, c.documento])], '', pon('documento'))),
    cuenta, tabla]);
  if (filas.length) dibujar();
})(window.Semaforo);
