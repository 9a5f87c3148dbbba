using Fathom.Domain.Messages;

namespace Fathom.Domain.Ports;

/// <summary>Someone who watches a run: sees every published event, in order, and cannot change the step. Events are valid during the call; whoever needs
/// one longer copies it. What an observer does not override costs it nothing.</summary>
public interface IRunObserver
{
    void OnCommand(in OrderCommand command) { }
    void OnOrder(in OrderEvent change) { }
    void OnFill(in FillEvent fill) { }
    void OnPosition(in PositionEvent position) { }
    void OnQuote(in QuoteEvent quote) { }
    void OnEquity(in EquityEvent equity) { }
}
