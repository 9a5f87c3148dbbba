using System.Globalization;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.Sizing;

namespace Fathom.Engine.Loop;

/// <summary>Sees to what one strategy's sizer goes by: that volatility is measured, and the strategy's trades, which it keeps in the strategy's store, so that a session roll hands them on.</summary>
internal sealed class SizingKeeper
{
    private const string CountKey = "sizing.trades", CapacityKey = "sizing.capacity";

    private readonly StrategyContext _context;
    private readonly Account _account;
    private readonly MeasuredVolatility? _volatility;
    private readonly string[] _keys;
    private long _count;

    private SizingKeeper(StrategyContext context, Account account, MeasuredVolatility? volatility, int trades)
    {
        _context = context;
        _account = account;
        _volatility = volatility;
        _keys = new string[trades];
        for (int i = 0; i < trades; i++) _keys[i] = KeyOf(i);
    }

    /// <summary>Null where the strategy's sizes go by neither.</summary>
    public static SizingKeeper? Of(SizingOptions? options, StrategyContext context, Account account, MeasuredVolatility? volatility) =>
        options?.Method is SizingMethod.Kelly or SizingMethod.Volatility
            ? new SizingKeeper(context, account, volatility, options.Method == SizingMethod.Kelly ? options.TradesMax : 0)
            : null;

    /// <summary>Before the strategy starts: takes on the trades of earlier sessions, of which another number may have been kept.</summary>
    public void OnStart()
    {
        for (int index = 0; index < _context.InstrumentCount; index++) NoteInstrument(new InstrumentId(index));
        if (_keys.Length == 0 || !_context.Store.TryGet(CountKey, out long count) || !_context.Store.TryGet(CapacityKey, out long capacity) || capacity is < 1 or > KeyValueStore.CountMax) return;
        List<double> kept = [];
        for (long i = Math.Max(0, count - capacity); i < count; i++)
            if (_context.Store.TryGet(KeyOf(i % capacity), out double made) && double.IsFinite(made)) kept.Add(made);
        if (capacity != _keys.Length)
            for (int i = 0; i < capacity; i++) _context.Store.Remove(KeyOf(i));
        foreach (double made in kept)
        {
            _context.Sizing.Trades.Restore(made);
            Keep(made);
        }
    }

    /// <summary>The instrument was defined, or its terms changed: its volatility is measured from the first time on that somebody asks for it.</summary>
    public void NoteInstrument(InstrumentId instrument) => _volatility?.DailyVolatility(instrument);

    public void NoteFill(in FillEvent fill)
    {
        if (_keys.Length == 0) return;
        if (_context.Sizing.Trades.TryClose(in fill, _account.Terms(fill.Header.Instrument), out RoundTrip trip)) Keep(trip.Return);
    }

    /// <summary>A store that the strategy has filled up keeps no more of them: they stay here.</summary>
    private void Keep(double made)
    {
        string key = _keys[_count++ % _keys.Length];
        KeyValueStore store = _context.Store;
        if (store.Count > KeyValueStore.CountMax - 3 && !store.Contains(key)) return;
        store.Set(key, made);
        store.Set(CountKey, _count);
        store.Set(CapacityKey, (long)_keys.Length);
    }

    private static string KeyOf(long place) => string.Create(CultureInfo.InvariantCulture, $"sizing.return.{place:000}");
}
