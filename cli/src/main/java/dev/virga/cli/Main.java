package dev.virga.cli;

/** Where the process starts. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        int code = VirgaCommand.execute(Console.system(), args);
        System.out.flush();
        System.exit(code);
    }
}
