using System.Runtime.InteropServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Engine.Loop;
using Fathom.Engine.Loop.CarryOver;

namespace Fathom.Tests.Engine.Loop.CarryOver;

/// <summary>The messages of a carry-over, as an engine writes them.</summary>
internal sealed class Roll : IMessageSink
{
    public List<byte[]> Inputs { get; } = [];

    public static Roll Of(TradingEngine engine)
    {
        Roll roll = new();
        engine.WriteCarryOver(roll);
        return roll;
    }

    public byte[] Bytes => [.. Inputs.SelectMany(message => message)];

    public void Write(ReadOnlySpan<byte> messages) => Inputs.Add(messages.ToArray());

    public void StepInto(TradingEngine engine)
    {
        foreach (byte[] message in Inputs) engine.Step(message);
    }

    public IEnumerable<T> All<T>(MessageType type) where T : unmanaged => Inputs.Where(message => Messages.Header(message).Type == type).Select(message => Messages.As<T>(message));

    /// <summary>What the account, the orders and all numbers are, whichever session it was: without what only describes, and is told anew where a session begins.</summary>
    public byte[] Essence()
    {
        byte[][] messages = [.. Inputs.SkipLast(1).Select(message => (byte[])message.Clone())];
        ref CarryOverBegins begins = ref MemoryMarshal.AsRef<CarryOverBegins>(messages[0].AsSpan());
        begins.Session = begins.Descriptions = 0;
        return [.. messages.SelectMany(message => message)];
    }

    public CarryOverBlock Parse() => CarryOverBlock.Parse("a file", Bytes);

    /// <summary>The first message in which two carry-overs differ.</summary>
    public static string Difference(Roll left, Roll right)
    {
        for (int i = 0; i < Math.Max(left.Inputs.Count, right.Inputs.Count); i++)
        {
            byte[] ours = i < left.Inputs.Count ? left.Inputs[i] : [], theirs = i < right.Inputs.Count ? right.Inputs[i] : [];
            int same = ours.AsSpan().CommonPrefixLength(theirs);
            bool isTold = i == 0 || i == left.Inputs.Count - 1;
            if (ours.AsSpan().SequenceEqual(theirs) || (isTold && ours.Length == theirs.Length)) continue;
            return $"message {i}: {(ours.Length > 0 ? (MessageType)ours[0] : MessageType.None)} and {(theirs.Length > 0 ? (MessageType)theirs[0] : MessageType.None)} from byte {same}\n{Convert.ToHexString(ours)}\n{Convert.ToHexString(theirs)}";
        }
        return "their beginnings or ends";
    }
}
