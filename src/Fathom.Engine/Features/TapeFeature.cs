namespace Fathom.Engine.Features;

/// <summary>A feature of the order book and the trades of one instrument.</summary>
/// <param name="outputs">How many numbers it gives.</param>
public abstract class TapeFeature(int outputs = 1) : Feature(outputs)
{
    /// <summary>It looks at the book: <see cref="TakeBook"/> is called after each complete venue event.</summary>
    public virtual bool TakesBook => false;

    /// <summary>It looks at trades: <see cref="TakeTrade"/> is called for each.</summary>
    public virtual bool TakesTrades => false;

    /// <summary>Its outputs follow from the newest book alone: it is computed when somebody reads it, and not else.</summary>
    public virtual bool IsOfMoment => false;

    /// <summary>Levels of each side that it looks at, 1 to <see cref="BookSample.DepthMax"/>.</summary>
    public virtual int Depth => 1;

    /// <summary>It looks at the places of our own orders (<see cref="BookSample.BidAhead"/>, <see cref="BookSample.AskAhead"/>).</summary>
    public virtual bool TakesOwnOrders => false;

    /// <summary>A venue event is complete. The book may be one-sided, crossed or stale: look.</summary>
    /// <param name="book">Valid during the call.</param>
    public virtual void TakeBook(BookSample book) { }

    /// <summary>A public trade.</summary>
    public virtual void TakeTrade(in TradeSample trade) { }
}
