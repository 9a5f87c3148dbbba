using Fathom.Domain.Books;
using Fathom.Domain.Messages;

namespace Fathom.Engine.Decisions;

/// <summary>
/// A trading strategy: override what you need. Callbacks come one at a time, in the engine's clock, and see a state in which everything known so
/// far has been applied. What a callback wants takes effect after it returns. An exception halts the strategy and cancels its orders.
/// </summary>
/// <remarks>For a run to be repeatable a strategy uses nothing but its context: no clock, no dice without a seed, no files, no threads.</remarks>
public abstract class Strategy
{
    /// <summary>Once, before the first input is applied.</summary>
    public virtual void OnStart(StrategyContext context) { }

    /// <summary>After every complete venue event of an instrument. The book may be one-sided, crossed or stale: look.</summary>
    /// <param name="book">Valid during the call.</param>
    public virtual void OnBook(StrategyContext context, IBookView book) { }

    /// <summary>An order of yours changed its status, or was refused (then <see cref="OrderEvent.Reason"/> says why). Not called for what you have
    /// just asked for yourself: a submission or a cancel on its way.</summary>
    public virtual void OnOrder(StrategyContext context, in OrderEvent change) { }

    /// <summary>An order of yours was filled, in full or in part. The position has moved already; a change of status is told next.</summary>
    public virtual void OnFill(StrategyContext context, in FillEvent fill) { }

    /// <summary>Once, after the last input.</summary>
    public virtual void OnStop(StrategyContext context) { }
}
