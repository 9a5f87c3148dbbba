using System.Runtime.ExceptionServices;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features.Pipeline;
using Fathom.Market.Books.Bars;

namespace Fathom.Host.FeatureTables;

/// <summary>Wants nothing: it hands the feature vector to the table whenever a row is due.</summary>
internal class FeatureTableStrategy(FeatureTableOptions options, FeatureTableWriter table) : Strategy
{
    private const ulong RowTimer = 1;

    private readonly List<InstrumentId> _quoted = [];      // in the order in which their books first had two sides
    private bool[] _isQuoted = [];
    private string?[] _symbols = [];
    private ExceptionDispatchInfo? _failure;

    public static FeatureTableStrategy Of(FeatureTableOptions options, FeatureTableWriter table) =>
        options.Rows == FeatureRows.Events ? new EventTableStrategy(options, table) : new FeatureTableStrategy(options, table);

    /// <summary>The table cannot go on.</summary>
    public bool HasFailed => _failure is not null;

    /// <summary>Throws what the table threw: the engine would make a halted strategy of it.</summary>
    public void ThrowIfFailed() => _failure?.Throw();

    public override void OnStart(StrategyContext context)
    {
        if (options.Rows == FeatureRows.Bars) context.SubscribeBars(options.Bars);
        if (options.Rows == FeatureRows.Grid) context.SetPeriodicTimer(options.Interval, RowTimer, aligned: true);
    }

    public override void OnQuote(StrategyContext context, in BestPrices prices)
    {
        NoteQuoted(prices.Instrument);
        if (HasFailed) return;
        try
        {
            table.Advance(context.Clock);
            table.Move(prices.Instrument, (prices.Bid.Price.ToDouble() + prices.Ask.Price.ToDouble()) / 2, context.Clock);
        }
        catch (Exception failure)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
        }
    }

    public override void OnBar(StrategyContext context, in Bar bar) => Take(context, bar.CloseTime, bar.Instrument);

    public override void OnTimer(StrategyContext context, in TimerEvent timer)
    {
        if (!context.Session.Contains(context.Clock)) return;      // nights and weekends are no rows
        foreach (InstrumentId instrument in _quoted) Take(context, context.Clock, instrument);
    }

    protected void Take(StrategyContext context, Timestamp time, InstrumentId instrument)
    {
        if (HasFailed) return;
        if (instrument.Index >= _symbols.Length) Array.Resize(ref _symbols, Math.Max(instrument.Index + 1, 2 * _symbols.Length));
        string symbol = _symbols[instrument.Index] ??= context.Instrument(instrument).Symbol.ToString();
        try
        {
            table.Advance(context.Clock);
            FeatureVector vector = context.Vector(instrument);
            table.Take(time, instrument, symbol, vector.Values[..vector.ConfiguredCount]);
        }
        catch (Exception failure)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
        }
    }

    private void NoteQuoted(InstrumentId instrument)
    {
        if (instrument.Index >= _isQuoted.Length) Array.Resize(ref _isQuoted, Math.Max(instrument.Index + 1, 2 * _isQuoted.Length));
        if (_isQuoted[instrument.Index]) return;
        _isQuoted[instrument.Index] = true;
        _quoted.Add(instrument);
    }
}
