using System.Buffers;
using System.Text;
using System.Text.Json;
using Fathom.Analytics.Reports;
using Spectre.Console;

namespace Fathom.Host.Terminal;

/// <summary>Where a command writes. Answers go to <see cref="Out"/> (tables, colour; plain text without line breaks of its own when piped) or, with
/// <c>--json</c>, as one JSON value to the same stream; progress and errors go to the error stream.</summary>
public sealed class Screen
{
    private const int PipedWidth = 160;      // nobody resizes a pipe: wide enough that tables do not wrap

    private readonly TextWriter _output;

    public Screen(TextWriter output, TextWriter error, bool isJson)
    {
        _output = output;
        IsJson = isJson;
        Out = Open(output, Console.IsOutputRedirected || output != Console.Out);
        Error = Open(error, Console.IsErrorRedirected || error != Console.Error);
    }

    /// <summary>The answer's console. With <c>--json</c> nothing may be written here.</summary>
    public IAnsiConsole Out { get; }

    public IAnsiConsole Error { get; }

    /// <summary>A program reads the answer.</summary>
    public bool IsJson { get; }

    /// <summary>Writes one JSON value, indented, with a line end. Numbers that may be NaN go through <see cref="JsonNumbers"/>.</summary>
    public void WriteJson(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Indented = true })) write(json);
        _output.WriteLine(Encoding.UTF8.GetString(bytes.WrittenSpan));
        _output.Flush();
    }

    /// <summary>One message in red; when piped plain and on one line, so that it can be searched for.</summary>
    public void WriteError(string message) => WriteMessage(message, Color.Red);

    /// <summary>As <see cref="WriteError"/>, in yellow: work goes on.</summary>
    public void WriteWarning(string message) => WriteMessage(message, Color.Yellow);

    private void WriteMessage(string message, Color color)
    {
        if (Error.Profile.Capabilities.Ansi) Error.Write(new Paragraph($"{message}\n", color));
        else Error.Profile.Out.Writer.WriteLine(message);
    }

    /// <summary>Shows how far long work has come; silent when nobody watches. Dispose it before writing the answer.</summary>
    /// <param name="what">What is being done, in a word or two: "Replaying".</param>
    public Progress StartProgress(string what) => new(Error, what, isShown: !IsJson && Error.Profile.Capabilities.Interactive && Error.Profile.Capabilities.Ansi);

    private static IAnsiConsole Open(TextWriter writer, bool isPiped)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isPiped ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPiped ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isPiped ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isPiped) console.Profile.Width = PipedWidth;
        return console;
    }
}
