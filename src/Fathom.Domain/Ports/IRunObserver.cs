using Fathom.Domain.Messages;

namespace Fathom.Domain.Ports;

/// <summary>Someone who watches a run: sees every output, in order, and cannot change the step.</summary>
public interface IRunObserver
{
    void OnCommand(in OrderCommand command);
    void OnOrder(in OrderEvent change);
    void OnFill(in FillEvent fill);
}
