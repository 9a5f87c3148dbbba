using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features;

namespace Fathom.Strategies.Library;

/// <summary>
/// Takes with the order flow: buys at the ask when the order-flow imbalance of the last moments is large and the book leans the same way, sells at the bid when it is large the other way, and leaves when the flow has turned or a
/// holding time is over. Immediate-or-cancel at the price it saw, so that a market that moved away is not chased.
/// </summary>
/// <remarks>Source of the signal: Cont, Kukanov and Stoikov (2014), "The price impact of order book events": the imbalance of order flow explains the change of the price over the same time; that it goes on is the bet.</remarks>
public sealed class OfiScalper : Strategy
{
    [Parameter("how far back order flow counts: events of the book, or a time with its unit")]
    public string Window { get; set; } = "5s";

    [Parameter("it enters at an order-flow imbalance of this quantity or more, either way", Min = 1e-9, Max = 1_000_000_000)]
    public double Enter { get; set; } = 50;

    [Parameter("smallest imbalance of the best quantities in the same direction", Min = -1, Max = 1)]
    public double Lean { get; set; } = 0.2;

    [Parameter("widest spread in which it enters, in basis points of the mid", Min = 0, Max = 10_000)]
    public double SpreadMaxBps { get; set; } = 5;

    [Parameter("quantity of an entry", Min = 1e-9, Max = 1_000_000_000)]
    public Quantity Size { get; set; } = Quantity.Units(1);

    [Parameter("longest time that a position is held, in milliseconds", Min = 1, Max = 86_400_000)]
    public long HoldMs { get; set; } = 30_000;

    private FeatureHandle _flow, _lean, _spread;
    private Timestamp[] _until = [];      // by instrument: a position is held no longer

    public override void OnStart(StrategyContext context)
    {
        _flow = context.AddFeature(FeatureSpec.Of("ofi").With("window", Window));
        _lean = context.AddFeature(FeatureSpec.Of("imbalance"));
        _spread = context.AddFeature(FeatureSpec.Of("relative_spread"));
    }

    public override void OnBook(StrategyContext context, IBookView book)
    {
        InstrumentId instrument = book.Instrument;
        if (context.IsWarmingUp || HasOrder(context, instrument)) return;
        if (instrument.Index >= _until.Length) Array.Resize(ref _until, instrument.Index + 1);
        ReadOnlySpan<double> now = context.Vector(instrument).Values;
        double flow = now[_flow.First];
        Quantity position = context.Position(instrument);
        if (position.IsZero) TryEnter(context, book, flow, now[_lean.First], now[_spread.First]);
        else if ((position.IsPositive ? flow < 0 : flow > 0) || context.Clock >= _until[instrument.Index]) Leave(context, book, position);
    }

    /// <summary>A number that is not known is no signal.</summary>
    private void TryEnter(StrategyContext context, IBookView book, double flow, double lean, double spread)
    {
        if (!(Math.Abs(flow) >= Enter) || !(spread <= SpreadMaxBps)) return;
        Side side = flow > 0 ? Side.Buy : Side.Sell;
        if (!(lean * side.Sign() >= Lean) || !TryTouch(book, side, out Price price)) return;
        context.Submit(new OrderIntent(book.Instrument, side, Size, price) { TimeInForce = TimeInForce.ImmediateOrCancel });
        _until[book.Instrument.Index] = context.Clock + Duration.FromMilliseconds(HoldMs);
    }

    private static void Leave(StrategyContext context, IBookView book, Quantity position)
    {
        Side side = position.IsPositive ? Side.Sell : Side.Buy;
        if (!TryTouch(book, side, out Price price)) return;
        context.Submit(new OrderIntent(book.Instrument, side, position.IsPositive ? position : -position, price) { TimeInForce = TimeInForce.ImmediateOrCancel, ReduceOnly = true });
    }

    private static bool TryTouch(IBookView book, Side side, out Price price)
    {
        bool isThere = side == Side.Buy ? book.TryBestAsk(out BookLevel level) : book.TryBestBid(out level);
        price = level.Price;
        return isThere && !book.IsStale;
    }

    private static bool HasOrder(StrategyContext context, InstrumentId instrument) =>
        context.TryWorking(instrument, Side.Buy, out _) || context.TryWorking(instrument, Side.Sell, out _);
}
