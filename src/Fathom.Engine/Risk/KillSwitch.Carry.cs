using Fathom.Domain.Messages;
using Fathom.Domain.Ports;

namespace Fathom.Engine.Risk;

/// <summary>What a session roll carries of it: each switch that is on. A new session is no reason to turn one off.</summary>
public sealed partial class KillSwitch
{
    internal void Carry(IMessageSink sink)
    {
        foreach (ActiveKill kill in _active)
        {
            CarriedKill carried = new()
            {
                Header = CarryOverBegins.NewHeader<CarriedKill>(MessageType.CarriedKill, kill.Instrument),
                Since = kill.Since,
                Strategy = kill.Strategy,
                Cause = kill.Cause,
                Flattens = kill.Flattens ? (byte)1 : (byte)0,
                Reason = NoteText.Cut(kill.Reason),
            };
            sink.Write(Messages.AsBytes(in carried));
        }
    }

    internal void Restore(in CarriedKill carried) =>
        TryTurnOn(new ActiveKill(carried.Strategy, carried.Header.Instrument, carried.Since, carried.Cause, carried.Flattens != 0, carried.Reason.ToString()));
}
