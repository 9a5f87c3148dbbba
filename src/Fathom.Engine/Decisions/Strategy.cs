using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Engine.Features;
using Fathom.Market.Books.Bars;

namespace Fathom.Engine.Decisions;

/// <summary>
/// A trading strategy: override what you need; what is not overridden costs nothing. Callbacks come one at a time, in the engine's clock, and see a state in which everything
/// known so far has been applied. What a callback wants takes effect after it returns. An exception halts the strategy and cancels its orders.
/// </summary>
/// <remarks>For a run to be repeatable a strategy uses nothing but its context: no clock, no dice without a seed, no files, no threads.</remarks>
public abstract class Strategy
{
    /// <summary>Once, before the first input that states a time is applied. Instruments may have been defined by then.</summary>
    public virtual void OnStart(StrategyContext context) { }

    /// <summary>After every complete venue event of an instrument. The book may be one-sided, crossed or stale: look.</summary>
    /// <param name="book">Valid during the call.</param>
    public virtual void OnBook(StrategyContext context, IBookView book) { }

    /// <summary>A public trade, as soon as it is known: its venue event may not be complete, and its side is the aggressor's.</summary>
    public virtual void OnTrade(StrategyContext context, in MarketByOrder trade) { }

    /// <summary>The best prices of a sound book moved: two sides, not stale, not crossed. Comes before <see cref="OnBook"/> of the same event.</summary>
    public virtual void OnQuote(StrategyContext context, in BestPrices prices) { }

    /// <summary>A bar that you subscribed to is complete. All bars that close at the same moment are in the histories already; shorter intervals come first. Bars of time come
    /// before anything else of their moment, other bars right after the trade or event that completed them.</summary>
    public virtual void OnBar(StrategyContext context, in Bar bar) { }

    /// <summary>After every complete venue event of an instrument, behind <see cref="OnBook"/>: its features. A value that is not known is NaN.</summary>
    /// <param name="features">The instrument's; the object stays the same, its values follow the market.</param>
    public virtual void OnFeatures(StrategyContext context, InstrumentFeatures features) { }

    /// <summary>A point of a series of numbers from elsewhere has become known (<see cref="SeriesUpdate.AvailableAt"/> has come). Every point of every series; what
    /// became known before the run begins is only there to be asked for, by <see cref="StrategyContext.TrySeries"/>.</summary>
    /// <param name="update">Valid during the call.</param>
    public virtual void OnSeries(StrategyContext context, in SeriesUpdate update) { }

    /// <summary>An order of yours changed its status, or was refused (then <see cref="OrderEvent.Reason"/> says why). Not called for what you have
    /// just asked for yourself: a submission, a replacement or a cancel on its way.</summary>
    public virtual void OnOrder(StrategyContext context, in OrderEvent change) { }

    /// <summary>An order of yours was filled, in full or in part. The position has moved already; a change of status is told next.</summary>
    public virtual void OnFill(StrategyContext context, in FillEvent fill) { }

    /// <summary>A timer that you set has come.</summary>
    public virtual void OnTimer(StrategyContext context, in TimerEvent timer) { }

    /// <summary>Once, after the last input.</summary>
    public virtual void OnStop(StrategyContext context) { }
}
