using System.Reflection;
using System.Reflection.Emit;

namespace Fathom.Tests.Architecture;

/// <summary>Reads the compiled code: which methods call or construct what. Exact where the source's text is not (<c>new(…)</c>, <c>var</c>).</summary>
internal static class CallSites
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodeOf = typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Full names ("RiskGate.Approve") of the methods in an assembly that call a constructor of the type.</summary>
    public static IEnumerable<string> Constructing(Type type, Assembly within) =>
        from caller in Methods(within)
        where Called(caller).Any(called => called is ConstructorInfo && called.DeclaringType == type)
        select $"{caller.DeclaringType!.Name}.{caller.Name}";

    private static IEnumerable<MethodBase> Methods(Assembly assembly) =>
        assembly.GetTypes().SelectMany(type => type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)));

    private static IEnumerable<MethodBase> Called(MethodBase caller)
    {
        byte[] code = caller.GetMethodBody()?.GetILAsByteArray() ?? [];
        Type[]? typeArguments = caller.DeclaringType!.IsGenericType ? caller.DeclaringType.GetGenericArguments() : null;
        Type[]? methodArguments = caller.IsGenericMethod ? caller.GetGenericArguments() : null;
        for (int at = 0; at < code.Length;)
        {
            OpCode operation = OpCodeOf[code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at]];
            at += operation.Size;
            if (operation.OperandType == OperandType.InlineMethod)
                yield return caller.Module.ResolveMethod(BitConverter.ToInt32(code, at), typeArguments, methodArguments)!;
            at += OperandLength(operation, code, at);
        }
    }

    private static int OperandLength(OpCode operation, byte[] code, int at) => operation.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
        _ => 4,
    };
}
